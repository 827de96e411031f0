import {
  type FormItem,
  formOf,
  type FormSection,
  getTemplate,
  inspectionKinds,
  type InspectionView,
} from '@plumbline/core/inspection'
import { Button } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { FieldFailure, TopBar } from '../../field/Shell.tsx'
import { Submission, Surroundings } from './Closing.tsx'
import { DraftBar } from './DraftBar.tsx'
import { DraftFrame } from './DraftFrame.tsx'
import { openOf } from './entries.ts'
import { ItemCard } from './ItemCard.tsx'
import { useDraft } from './useDraft.ts'

export const FillPage = () => (
  <DraftFrame Failed={FieldFailure} Closed={Closed}>
    {(view) => <Fill view={view} />}
  </DraftFrame>
)

const Closed = ({ children }: { children: ReactNode }) => (
  <>
    <TopBar title="检查记录" back="/inspections" />
    {children}
  </>
)

/** JGJ 59-2011 表 B.13 · 应得 10 分 */
export const leadOf = (scored: boolean, section: FormSection, item: FormItem) =>
  scored ? `JGJ 59-2011 表 ${section.code} · 应得 ${item.points} 分` : item.clause

/** One table after the other, as one walks over the site; the last page is for the rest and for submitting. */
function Fill({ view }: { view: InspectionView }) {
  const draft = useDraft(view)
  const navigate = useNavigate()
  const [place, setPlace] = useState(0)
  const top = useRef<HTMLDivElement>(null)
  const { record } = draft
  const form = formOf(record)
  // A table may be taken away while it is on the screen.
  const at = Math.min(place, form.length)
  const section = form[at]
  const scored = getTemplate(record).form === 'scored'
  const all = form.flatMap(({ items }) => items)
  const open = section ? openOf(record, section.items) : 0
  const go = (next: number) => {
    setPlace(next)
    top.current?.scrollIntoView({ block: 'start' })
  }
  return (
    <div className="fill" ref={top}>
      <TopBar
        title={[record.projectName, record.part].filter(Boolean).join(' · ')}
        note={`${inspectionKinds[record.kind]} · ${record.officers.map(({ name }) => name).join('、')}`}
        back={`/inspection/${record.id}`}
      />
      <DraftBar draft={draft} />
      <Segments form={form} record={record} at={at} onGo={go} />
      <p className="tiny muted num fill-where">
        {section ? `第 ${at + 1} 类 ${section.title}` : '概况与提交'} · 已答 {all.length - openOf(record, all)} /{' '}
        {all.length}
      </p>
      <h2 className="unseen">{section?.title ?? '概况与提交'}</h2>
      {section ? (
        section.items.map((item) => (
          <ItemCard key={item.code} item={item} lead={leadOf(scored, section, item)} draft={draft} terms={view.terms} />
        ))
      ) : (
        <>
          <Surroundings draft={draft} terms={view.terms} />
          <Submission draft={draft} onSubmitted={() => void navigate(`/inspection/${record.id}`, { replace: true })} />
        </>
      )}
      {/* How a save ended stands in the bar above. */}
      <footer className="field-foot">
        <Button size="large" onClick={() => void draft.flush().catch(() => {})}>
          暂存
        </Button>
        {section ? (
          <Button size="large" type="primary" onClick={() => go(at + 1)}>
            {at + 1 < form.length ? '下一类' : '概况与提交'}
            {open > 0 && `　还差 ${open} 项必答`}
          </Button>
        ) : (
          <Button size="large" onClick={() => go(0)}>
            回到检查表
          </Button>
        )}
      </footer>
    </div>
  )
}

interface SegmentsProps {
  form: readonly FormSection[]
  record: InspectionView['record']
  at: number
  onGo: (at: number) => void
}

/** A stroke for each table and one for the end: done, here, still open. */
function Segments({ form, record, at, onGo }: SegmentsProps) {
  const strokes = [
    ...form.map(({ title, items }) => ({ title, open: openOf(record, items) })),
    { title: '概况与提交', open: 1 },
  ]
  return (
    <nav className="segments" aria-label="检查表">
      {strokes.map(({ title, open }, place) => (
        <button
          key={title}
          type="button"
          className={place === at ? 'now' : open === 0 ? 'done' : ''}
          aria-current={place === at ? 'step' : undefined}
          aria-label={`${title}${place < form.length ? (open === 0 ? '，已答完' : `，还差 ${open} 项`) : ''}`}
          onClick={() => onGo(place)}
        />
      ))}
    </nav>
  )
}
