import type { ReactNode } from 'react'

/** Nothing to show, said on purpose: what would stand here and what brings it about. */
export function Empty({ children = '没有记录', action }: { children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  )
}
