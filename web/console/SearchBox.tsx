import { type FormEvent, useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** One search for everything; `/` goes to it from anywhere. */
export function SearchBox() {
  const field = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  const go = (event: FormEvent) => {
    event.preventDefault()
    const words = field.current?.value.trim()
    if (words) void navigate(`/search?q=${encodeURIComponent(words)}`)
  }
  return (
    <form className="find" role="search" onSubmit={go}>
      <input
        ref={field}
        type="search"
        name="q"
        placeholder="项目、单位、人员、文号"
        aria-label="搜索"
        maxLength={100}
      />
      <kbd aria-hidden>/</kbd>
    </form>
  )
}
