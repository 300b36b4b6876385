/** "512 B", "2.1 kB", "1.3 MB". */
export const byteSize = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_950) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
