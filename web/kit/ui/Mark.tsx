/** The plumb bob: the mark of the house. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d="M5 3h14M12 3v9" />
      <path d="M9 12h6l-1 5-2 4-2-4z" fill="currentColor" />
    </svg>
  )
}
