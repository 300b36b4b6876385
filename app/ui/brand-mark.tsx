export const BrandMark = () => (
  <svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    className="size-5 text-accent"
    aria-hidden="true"
  >
    <path d="M12 2l8.7 5v10L12 22l-8.7-5V7z" />
    <path d="M8.5 12l2.5 2.5 4.5-5" />
  </svg>
)
