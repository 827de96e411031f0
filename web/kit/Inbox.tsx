import { baseContract } from '@plumbline/core/base'
import { usePages } from './api.ts'
import { CaseList } from './ui/CaseList.tsx'
import { Empty } from './ui/Empty.tsx'
import { Failure } from './ui/Failure.tsx'
import { Loading } from './ui/Loading.tsx'
import { Section } from './ui/Section.tsx'

/** 待办: the cases of all rooms that wait for the reader, in the order of their deadlines. */
export function Inbox() {
  const { rows, isPending, error, again, more, loadingMore } = usePages(baseContract.inbox, { query: {} })
  return (
    <Section title="今天要您办的" note="按期限排列">
      {error && <Failure error={error} again={again} />}
      {isPending && !error && <Loading />}
      {!isPending && !error && rows.length === 0 && <Empty>没有等您办理的事项。</Empty>}
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
