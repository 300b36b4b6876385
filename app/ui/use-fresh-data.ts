import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

const every = 30_000

/** Reads the page's data again while somebody looks at it, so that no old state passes for the present one. */
export const useFreshData = (): void => {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === 'visible') revalidate()
    }
    const timer = setInterval(refresh, every)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [revalidate])
}
