import { baseContract, type MessageView } from '@plumbline/core/base'
import { Button } from 'antd'
import { Link } from 'react-router'
import { useRoute, useSend } from './api.ts'
import { caseLink } from './ui/CaseList.tsx'
import { Empty } from './ui/Empty.tsx'
import { Failure } from './ui/Failure.tsx'
import { Loading } from './ui/Loading.tsx'
import { Section } from './ui/Section.tsx'
import { Tag } from './ui/Tags.tsx'
import { When } from './ui/When.tsx'

/** What the reader was told, newest first, and whether it has been read. */
export function Messages() {
  const list = useRoute(baseContract.messages, { query: { limit: 100 } })
  const rows = list.data?.rows ?? []
  return (
    <Section title="收到的消息" note={list.data && `未读 ${list.data.unread}`}>
      {list.error && <Failure error={list.error} again={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data && rows.length === 0 && <Empty>还没有消息。</Empty>}
      <ul className="rows">
        {rows.map((row) => (
          <Message key={row.id} row={row} />
        ))}
      </ul>
    </Section>
  )
}

function Message({ row }: { row: MessageView }) {
  return (
    <li>
      {row.readAt ? <Tag tone="plain">已读</Tag> : <Tag tone="blue">未读</Tag>}
      <div>
        {row.room ? (
          <Link className="title" to={caseLink({ room: row.room, id: row.caseId })}>
            {row.title}
          </Link>
        ) : (
          <span className="title">{row.title}</span>
        )}
        <div className="tiny muted">{row.body}</div>
      </div>
      <span className="tiny muted">
        <When at={row.createdAt} />
      </span>
    </li>
  )
}

/** Marks what is shown as read; nothing when all of it is. */
export function MarkRead() {
  const list = useRoute(baseContract.messages, { query: { limit: 100 } })
  const read = useSend(baseContract.markRead)
  const fresh = (list.data?.rows ?? []).filter((row) => row.readAt === null).map((row) => row.id)
  if (fresh.length === 0) return null
  return (
    <>
      <Button loading={read.isPending} onClick={() => read.mutate({ body: { ids: fresh } })}>
        全部标为已读
      </Button>
      {read.error && <Failure error={read.error} />}
    </>
  )
}
