import { baseContract } from '@plumbline/core/base'
import { Button } from 'antd'
import { Link } from 'react-router'
import { useRoute, useSend } from '../kit/api.ts'
import { caseLink } from '../kit/ui/CaseList.tsx'
import { Empty } from '../kit/ui/Empty.tsx'
import { Failure } from '../kit/ui/Failure.tsx'
import { Loading } from '../kit/ui/Loading.tsx'
import { Page } from '../kit/ui/Page.tsx'
import { Section } from '../kit/ui/Section.tsx'
import { Tag } from '../kit/ui/Tags.tsx'
import { When } from '../kit/ui/When.tsx'

/** 消息: what the reader was told, newest first, and whether it has been read. */
export function MessagesPage() {
  const list = useRoute(baseContract.messages, { query: { limit: 100 } })
  const read = useSend(baseContract.markRead)
  const rows = list.data?.rows ?? []
  const fresh = rows.filter((row) => row.readAt === null).map((row) => row.id)
  return (
    <Page
      title="消息"
      actions={
        fresh.length > 0 && (
          <Button loading={read.isPending} onClick={() => read.mutate({ body: { ids: fresh } })}>
            全部标为已读
          </Button>
        )
      }
    >
      {read.error && <Failure error={read.error} />}
      <Section title="收到的消息" note={list.data && `未读 ${list.data.unread}`}>
        {list.error && <Failure error={list.error} again={() => void list.refetch()} />}
        {list.isPending && <Loading />}
        {list.data && rows.length === 0 && <Empty>还没有消息。</Empty>}
        <ul className="rows">
          {rows.map((row) => (
            <li key={row.id}>
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
          ))}
        </ul>
      </Section>
    </Page>
  )
}
