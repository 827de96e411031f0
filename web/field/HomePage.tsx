import { Inbox } from '../kit/Inbox.tsx'
import { Slot } from '../kit/panels.tsx'
import { TopBar } from './Shell.tsx'

/** 待办 on the phone: what the rooms have for this person today. */
export function HomePage() {
  return (
    <div className="field-stack">
      <TopBar title="待办" />
      <Inbox />
      <Slot name="home" />
    </div>
  )
}
