import { Slot, usePanels } from '../kit/panels.tsx'
import { Empty } from '../kit/ui/Empty.tsx'
import { TopBar } from './Shell.tsx'

/** 待办 on the phone: what the rooms have for this person today. */
export function HomePage() {
  const panels = usePanels('home')
  return (
    <div className="field-stack">
      <TopBar title="待办" />
      {panels.length === 0 && <Empty>您当前的职责没有待办事项。</Empty>}
      <Slot name="home" />
    </div>
  )
}
