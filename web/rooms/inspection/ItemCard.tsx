import { type AnswerMark, type FormItem, type InspectionView, markTitles } from '@plumbline/core/inspection'
import { useState } from 'react'
import { answered, markOf, newFinding } from './entries.ts'
import { FindingEditor } from './FindingEditor.tsx'
import { SpotEditor } from './SpotEditor.tsx'
import { SpotLine } from './SpotLine.tsx'
import type { Draft } from './useDraft.ts'

interface ItemCardProps {
  item: FormItem
  /** JGJ 59-2011 表 B.13 · 应得 10 分 */
  lead: string
  draft: Draft
  terms: InspectionView['terms']
}

const marks: AnswerMark[] = ['pass', 'fail', 'na']

/** One question: its answer, and what was found wrong. */
export function ItemCard({ item, lead, draft, terms }: ItemCardProps) {
  const { record, change } = draft
  const [measuring, setMeasuring] = useState(false)
  const mark = markOf(record, item.code)
  const findings = record.findings.filter(({ itemCode }) => itemCode === item.code)
  const spots = record.spots.filter(({ itemCode }) => itemCode === item.code)
  return (
    <section className="item-card" aria-label={item.title}>
      <h3>{item.title}</h3>
      <p className="tiny muted num">
        {lead}
        {item.guarantee && ' · 保证项目'}
      </p>
      <div className="marks" role="group" aria-label={`${item.title}的结论`}>
        {marks.map((one) => (
          <button
            key={one}
            type="button"
            className={one}
            aria-pressed={mark === one}
            onClick={() => change((now) => answered(now, item, one))}
          >
            {markTitles[one]}
          </button>
        ))}
      </div>
      {findings.map((finding) => (
        <FindingEditor key={finding.id} finding={finding} item={item} draft={draft} terms={terms} />
      ))}
      {findings.length > 0 && mark !== 'fail' && (
        <p className="tiny warn" role="status">
          写有问题的项目应判为不符合；若无问题，请删去上面的内容。
        </p>
      )}
      {spots.map((spot) => (
        <SpotLine
          key={spot.id}
          spot={spot}
          onRemove={() => change((now) => ({ spots: now.spots.filter(({ id }) => id !== spot.id) }))}
        />
      ))}
      {mark !== undefined && mark !== 'na' && (
        <div className="item-tools">
          {mark === 'fail' && (
            <button
              type="button"
              onClick={() => change((now) => ({ findings: [...now.findings, newFinding(now, item)] }))}
            >
              再记一个问题
            </button>
          )}
          <button type="button" onClick={() => setMeasuring(true)}>
            实测
          </button>
        </div>
      )}
      {measuring && (
        <SpotEditor
          itemCode={item.code}
          title={item.title}
          onClose={() => setMeasuring(false)}
          onDone={(spot) => {
            // Readings out of tolerance are a finding, so the item does not conform.
            change((now) => ({ spots: [...now.spots, spot] }))
            setMeasuring(false)
          }}
        />
      )}
    </section>
  )
}
