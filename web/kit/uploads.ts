import { createContext, useContext, useEffect, useId } from 'react'

/** A form that waits for what is on its way provides this; without one nobody is told. */
export const UploadsContext = createContext<(picker: string, count: number) => void>(() => {})

/** Tells the form around a picker how many of its files are still on their way. */
export function useUploads(count: number): void {
  const picker = useId()
  const tell = useContext(UploadsContext)
  useEffect(() => {
    tell(picker, count)
    return () => tell(picker, 0)
  }, [tell, picker, count])
}
