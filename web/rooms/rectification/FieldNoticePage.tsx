import { noticeKinds, type NoticeView, rectificationContract } from '@plumbline/core/rectification'
import { useParams } from 'react-router'
import { FieldFailure, TopBar } from '../../field/Shell.tsx'
import { useAct, useRoute } from '../../kit/api.ts'
import { Slot } from '../../kit/panels.tsx'
import { Loaded, Papers, Section, StateTag, Steps, Timeline } from '../../kit/ui/index.ts'
import { noticeForms } from './forms/index.ts'
import { NoticeProvider } from './notice.ts'
import { NoticeFacts } from './NoticeFacts.tsx'
import { NoticeItemCards } from './NoticeItems.tsx'
import { Consequences, inOrder, noteOf, NoticeLadder, NoticeTier, papersOf } from './NoticeSide.tsx'
import './rectification.css'
import { sayNumber } from './words.ts'

/** A notice in one hand: what to do first, the items, then how it came about. */
export function FieldNoticePage() {
  const { id = '' } = useParams()
  const found = useRoute(rectificationContract.get, { params: { id } })
  return (
    <Loaded found={found} Failed={FieldFailure}>
      {(view) => <Notice view={view} />}
    </Loaded>
  )
}

function Notice({ view }: { view: NoticeView }) {
  const { record, head, acts } = view
  const act = useAct(rectificationContract.act, record.id)
  return (
    <NoticeProvider value={view}>
      <div className="field-stack">
        <TopBar
          title={record.projectName}
          note={`${noticeKinds[record.kind]} ${sayNumber(record.number)}`}
          back="/rectification"
        />
        <span className="item-tags">
          <NoticeTier view={view} />
          <StateTag label={head.stateLabel} open={head.open} />
        </span>
        <Section title="现在该做">
          <Steps steps={inOrder(view)} onAct={act} forms={noticeForms} note={noteOf(view)} />
        </Section>
        <Section title="期限">
          <NoticeLadder view={view} />
        </Section>
        <NoticeItemCards />
        <Consequences view={view} />
        <Section title="事实">
          <NoticeFacts notice={record} phone />
        </Section>
        <Section title="文书">
          <Papers papers={papersOf(view)} />
        </Section>
        <Section title="经过">
          <Timeline acts={acts} />
        </Section>
        <Slot name="case" id={record.id} acts={acts} />
      </div>
    </NoticeProvider>
  )
}
