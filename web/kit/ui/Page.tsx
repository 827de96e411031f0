import type { ReactNode } from 'react'
import { Link } from 'react-router'

export interface Crumb {
  label: string
  to?: string
}

export interface PageProps {
  title: string
  crumbs?: readonly Crumb[]
  /** Tags beside the title. */
  tags?: ReactNode
  /** One line of grey words below the title. */
  lead?: ReactNode
  /** Buttons at the right of the title. */
  actions?: ReactNode
  children: ReactNode
}

/** The frame of every console page: crumbs, title, tags, actions; it also names the browser tab. */
export function Page({ title, crumbs = [], tags, lead, actions, children }: PageProps) {
  return (
    <article className="page">
      <title>{`${title} · 准绳`}</title>
      {crumbs.length > 0 && (
        <nav className="crumbs" aria-label="位置">
          {crumbs.map((crumb) => (
            <span key={crumb.label}>{crumb.to ? <Link to={crumb.to}>{crumb.label}</Link> : crumb.label}</span>
          ))}
        </nav>
      )}
      <div className="page-head">
        <h1>{title}</h1>
        {tags}
        {actions && <div className="page-actions">{actions}</div>}
      </div>
      {lead && <div className="muted page-lead">{lead}</div>}
      <div className="page-body">{children}</div>
    </article>
  )
}

export interface CasePageProps extends Omit<PageProps, 'actions' | 'children'> {
  /** The left column, from top to bottom: facts, findings, 经过. */
  children: ReactNode
  /** The right column: Steps, Ladder, Papers. */
  side: ReactNode
}

/** A case page is always the same: number and state on top, what to do now at the right, the time line at the bottom. */
export function CasePage({ children, side, ...head }: CasePageProps) {
  return (
    <Page {...head}>
      <div className="case-columns">
        <aside>{side}</aside>
        <div>{children}</div>
      </div>
    </Page>
  )
}
