import { type ReactNode, useId } from 'react'

export interface SectionProps {
  title: string
  /** Small grey words at the right of the title: how many, in which order. */
  note?: ReactNode
  children: ReactNode
  /** Room around the content; lists and tables bring their own. */
  padded?: boolean
}

/** A card with a heading; pages are made of these. */
export function Section({ title, note, children, padded }: SectionProps) {
  const heading = useId()
  return (
    <section className="card" aria-labelledby={heading}>
      <h2 id={heading}>
        {title}
        {note !== undefined && <span className="card-note num">{note}</span>}
      </h2>
      <div className={padded ? 'card-body' : undefined}>{children}</div>
    </section>
  )
}
