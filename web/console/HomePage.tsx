import { Inbox } from '../kit/Inbox.tsx'
import { Slot, usePanels } from '../kit/panels.tsx'
import './HomePage.css'

/** 待办: what every room has for the reader today; figures across, work at the left, the county at the right. */
export function HomePage() {
  const panels = usePanels('home')
  const aside = panels.some((panel) => panel.side)
  return (
    <div className="stack">
      <title>待办 · 准绳</title>
      <h1 className="unseen">待办</h1>
      {panels.some((panel) => panel.bare) && (
        <div className="card home-figures">
          <Slot name="home" side={false} bare />
        </div>
      )}
      <div className={aside ? 'two-columns' : undefined}>
        <div className="stack">
          <Inbox />
          <Slot name="home" side={false} bare={false} />
        </div>
        {aside && (
          <div className="stack">
            <Slot name="home" side />
          </div>
        )}
      </div>
    </div>
  )
}
