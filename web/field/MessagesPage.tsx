import { MarkRead, Messages } from '../kit/Messages.tsx'
import { TopBar } from './Shell.tsx'

/** 消息 on the phone. */
export function MessagesPage() {
  return (
    <div className="field-stack">
      <TopBar title="消息" back="/mine" />
      <MarkRead />
      <Messages />
    </div>
  )
}
