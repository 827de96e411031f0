import { MarkRead, Messages } from '../kit/Messages.tsx'
import { Page } from '../kit/ui/Page.tsx'

/** 消息 */
export function MessagesPage() {
  return (
    <Page title="消息" actions={<MarkRead />}>
      <Messages />
    </Page>
  )
}
