/** Drawn while something is read. A short delay (ui.css) spares quick replies the flicker. */
export function Loading({ label = '正在读取' }: { label?: string }) {
  return (
    <div className="loading" role="status">
      <span className="loading-dot" aria-hidden />
      {label}
    </div>
  )
}
