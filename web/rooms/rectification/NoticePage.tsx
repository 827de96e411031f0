import { noticeKinds, type NoticeView, rectificationContract } from '@plumbline/core/rectification'
import { useParams } from 'react-router'
import { useAct, useRoute } from '../../kit/api.ts'
import { Slot } from '../../kit/panels.tsx'
import { mayOpen, useSession } from '../../kit/session.tsx'
import { CasePage, Loaded, Papers, Section, StateTag, Steps, Timeline } from '../../kit/ui/index.ts'
import { noticeForms } from './forms/index.ts'
import { NoticeProvider } from './notice.ts'
import { NoticeFacts } from './NoticeFacts.tsx'
import { NoticeItems } from './NoticeItems.tsx'
import { Consequences, inOrder, noteOf, NoticeLadder, NoticeTier, papersOf } from './NoticeSide.tsx'
import './rectification.css'
import { Unordered } from './Unordered.tsx'
import { sayNumber, sayServed, sayUnit } from './words.ts'

/** 责令改正通知书, 停工通知书: the whole case on one page. */
export function NoticePage() {
  const { id = '' } = useParams()
  const found = useRoute(rectificationContract.get, { params: { id } })
  return <Loaded found={found}>{(view) => <Notice view={view} />}</Loaded>
}

function Notice({ view }: { view: NoticeView }) {
  const { record, head, acts } = view
  const act = useAct(rectificationContract.act, record.id)
  const orders = mayOpen(useSession(), 'rectification.order')
  return (
    <NoticeProvider value={view}>
      <CasePage
        title={`${noticeKinds[record.kind]} ${sayNumber(record.number)}`}
        crumbs={[
          { label: '责令整改', to: '/rectification' },
          { label: record.projectName, to: `/project/${record.projectId}` },
        ]}
        tags={
          <>
            <NoticeTier view={view} />
            <StateTag label={head.stateLabel} open={head.open} />
          </>
        }
        lead={`${record.projectName} · ${sayUnit(record)} · ${sayServed(record.servedAt)}`}
        side={
          <>
            <Section title="现在该做">
              <Steps steps={inOrder(view)} onAct={act} forms={noticeForms} note={noteOf(view)} width={720} />
            </Section>
            <Section title="期限">
              <NoticeLadder view={view} />
            </Section>
            <Consequences view={view} />
            <Section title="文书">
              <Papers papers={papersOf(view)} />
            </Section>
            <Slot name="case" id={record.id} acts={acts} side />
          </>
        }
      >
        <Section title="事实">
          <NoticeFacts notice={record} />
          {orders && record.inspectionId && <Unordered inspectionId={record.inspectionId} />}
        </Section>
        <NoticeItems />
        <Section title="经过">
          <Timeline acts={acts} />
        </Section>
      </CasePage>
    </NoticeProvider>
  )
}
