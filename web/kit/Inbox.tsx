import { baseContract } from '@plumbline/core/base'
import { usePages, useRoute } from './api.ts'
import { useSession } from './session.tsx'
import { CaseList } from './ui/CaseList.tsx'
import { Empty } from './ui/Empty.tsx'
import { Failure } from './ui/Failure.tsx'
import { Loading } from './ui/Loading.tsx'
import { Section } from './ui/Section.tsx'

/** How many cases wait for the reader, as far as one page of the inbox tells. */
export const useInboxCount = () => useRoute(baseContract.inbox, { query: { limit: 200 } }).data?.rows.length

/** 待办: the cases of all rooms that wait for the reader, in the order of their deadlines. */
export function Inbox() {
  const { rows, isPending, error, again, more, loadingMore } = usePages(baseContract.inbox, { query: {} })
  // Whoever may open no room (a citizen) is told what this place is for.
  const nothing = useSession().permissions.some(
    (one) => one !== 'public' && one !== 'signed_in' && one !== 'clock.move',
  )
    ? '没有等您办理的事项。'
    : '没有等您办理的事项。与您本人有关的事项和消息会出现在这里。'
  return (
    <Section title="今天要您办的" note={rows.length > 0 && !more ? `按期限排列 · 共 ${rows.length} 件` : '按期限排列'}>
      {error && <Failure error={error} again={again} />}
      {isPending && !error && <Loading />}
      {!isPending && !error && rows.length === 0 && <Empty>{nothing}</Empty>}
      <CaseList rows={rows} />
      {more && (
        <p className="empty">
          <button type="button" className="quiet" onClick={more} disabled={loadingMore}>
            更多
          </button>
        </p>
      )}
    </Section>
  )
}
