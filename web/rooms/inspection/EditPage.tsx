import { formOf, getTemplate, inspectionKinds, type InspectionView } from '@plumbline/core/inspection'
import { type ReactNode, useState } from 'react'
import { useNavigate } from 'react-router'
import { CasePage, Page, Section } from '../../kit/ui/index.ts'
import { Submission, Surroundings } from './Closing.tsx'
import { DraftBar } from './DraftBar.tsx'
import { DraftFrame } from './DraftFrame.tsx'
import { openOf } from './entries.ts'
import { leadOf } from './FillPage.tsx'
import { ItemCard } from './ItemCard.tsx'
import { ScoreSection } from './record-parts.tsx'
import { useDraft } from './useDraft.ts'

export const EditPage = () => <DraftFrame Closed={Closed}>{(view) => <Edit view={view} />}</DraftFrame>

const Closed = ({ children }: { children: ReactNode }) => <Page title="填写检查记录">{children}</Page>

/** The same draft at the desk: tables at the right to jump between, the score growing below them. */
function Edit({ view }: { view: InspectionView }) {
  const draft = useDraft(view)
  const navigate = useNavigate()
  const [place, setPlace] = useState(0)
  const { record } = draft
  const form = formOf(record)
  // A table may be taken away while it is on the screen.
  const at = Math.min(place, form.length)
  const section = form[at]
  const scored = getTemplate(record).form === 'scored'
  const page = `/inspection/${record.id}`
  return (
    <CasePage
      title="填写检查记录"
      crumbs={[{ label: '监督检查', to: '/inspections' }, { label: record.projectName, to: page }, { label: '填写' }]}
      lead={`${inspectionKinds[record.kind]} · ${record.officers.map(({ name }) => name).join('、')}`}
      side={
        <>
          <Section title="保存" padded>
            <DraftBar draft={draft} />
          </Section>
          <Section title="检查表">
            <ul className="section-list">
              {[
                ...form.map(({ title, items }) => ({ title, open: openOf(record, items) })),
                { title: '概况与提交', open: null },
              ].map(({ title, open }, number) => (
                <li key={title}>
                  <button
                    type="button"
                    aria-current={number === at ? 'step' : undefined}
                    onClick={() => setPlace(number)}
                  >
                    {title}
                    {open !== null && <span className="tiny num">{open === 0 ? '已答完' : `还差 ${open} 项`}</span>}
                  </button>
                </li>
              ))}
            </ul>
          </Section>
          <ScoreLine view={{ ...view, record }} />
        </>
      }
    >
      {section ? (
        section.items.map((item) => (
          <ItemCard key={item.code} item={item} lead={leadOf(scored, section, item)} draft={draft} terms={view.terms} />
        ))
      ) : (
        <>
          <Surroundings draft={draft} terms={view.terms} />
          <ScoreSection record={record} />
          <Submission draft={draft} onSubmitted={() => void navigate(page, { replace: true })} />
        </>
      )}
    </CasePage>
  )
}

function ScoreLine({ view: { record } }: { view: InspectionView }) {
  if (getTemplate(record).form !== 'scored') return null
  return (
    <Section title="当前得分" padded>
      {record.score ? (
        <ul className="plain-list num">
          {record.score.rows.map((row) => (
            <li key={row.key}>
              {row.title} {Number(row.score.toFixed(2))}
            </li>
          ))}
          <li>
            <b>总分 {Number(record.score.total.toFixed(2))}</b>
          </li>
        </ul>
      ) : (
        <span className="muted">有一张评分表全部作答后开始计分。</span>
      )}
    </Section>
  )
}
