import {
  discretionLabel,
  findCheckTable,
  findDeductionRule,
  type Finding,
  formOf,
  getTemplate,
  gradeTitles,
  type Inspection,
  inspectionKinds,
  type InspectionView,
  markTitles,
  measureTitles,
  sayTerm,
  severityTitles,
  subjects,
  type TableScore,
} from '@plumbline/core/inspection'
import { partyRoles } from '@plumbline/core/project'
import { Link } from 'react-router'
import { Empty, type Fact, Facts, Section, Tag, type Tone, When } from '../../kit/ui/index.ts'
import { markOf } from './entries.ts'
import { PhotoStrip, SignatureImage } from './PhotoStrip.tsx'
import { SpotLine } from './SpotLine.tsx'

export const severityTones: Record<Finding['severity'], Tone> = { general: 'plain', serious: 'yellow', imminent: 'red' }

const digits = (value: number) => `${Number(value.toFixed(2))}`

const unitName = (record: Inspection, orgId: string) =>
  record.units.find((unit) => unit.orgId === orgId)?.orgName ?? '未登记的单位'

export function RecordFacts({ record }: { record: Inspection }) {
  const facts: Fact[] = [
    { label: '项目', value: <Link to={`/project/${record.projectId}`}>{record.projectName}</Link> },
    { label: '检查类型', value: `${inspectionKinds[record.kind]} · ${subjects[record.subject]}` },
    { label: '检查时间', value: <When at={record.visitedAt} /> },
    {
      label: '起因',
      value: record.alarmId && <Link to={`/alarm/${record.alarmId}`}>监测报警</Link>,
    },
    { label: '检查部位', value: record.part },
    { label: '天气', value: record.weather },
    { label: '检查表', value: `${getTemplate(record).title} · ${record.templateVersion} 版` },
    {
      label: '监督员',
      value: record.officers
        .map(({ name, certificate, confirmedAt }) => `${name}（${certificate}${confirmedAt ? '，已确认' : ''}）`)
        .join('、'),
      wide: true,
    },
    {
      label: '参建单位',
      value: record.units.map(({ role, orgName }) => `${partyRoles[role]} ${orgName}`).join('；'),
      wide: true,
    },
    {
      label: '参加人员',
      value: record.attendees
        .map(({ orgId, name, role }) => `${unitName(record, orgId)} ${name}（${role}）`)
        .join('、'),
      wide: true,
    },
    {
      label: '处理意见',
      value: [record.measures.map((one) => measureTitles[one]).join('、'), record.opinion].filter(Boolean).join('；'),
      wide: true,
    },
  ]
  return (
    <Section title="事实">
      <Facts facts={facts} />
    </Section>
  )
}

const sayAsk = (ask: Finding['deductions'][number]) =>
  ask.by === 'discretion'
    ? `${ask.text} 扣 ${ask.points}（${discretionLabel}）`
    : `${findDeductionRule(ask.rule)?.text ?? ask.rule} 扣 ${ask.points}${ask.count > 1 ? ` × ${ask.count}` : ''}`

export function FindingsSection({ view }: { view: InspectionView }) {
  const { record, terms } = view
  return (
    <Section title="发现的问题" note={`共 ${record.findings.length} 项`}>
      {record.findings.length === 0 && <Empty>没有发现问题。</Empty>}
      <ol className="finding-list">
        {record.findings.map((finding) => (
          <li key={finding.id}>
            <p>
              <b>{finding.text || '未写明'}</b>{' '}
              <Tag tone={severityTones[finding.severity]}>
                {severityTitles[finding.severity]} · {sayTerm(terms[finding.severity])}
              </Tag>
            </p>
            <p className="tiny muted num">
              {[finding.itemName, finding.points > 0 ? `扣 ${digits(finding.points)} 分` : '', finding.clause]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {finding.deductions.length > 0 && (
              <p className="tiny muted num">{finding.deductions.map(sayAsk).join('；')}</p>
            )}
            <p className="tiny">
              责任单位 {unitName(record, finding.orgId)}
              {finding.requirement && ` · 要求 ${finding.requirement}`}
            </p>
            <PhotoStrip ids={finding.photos} caption={finding.text || finding.itemName} />
          </li>
        ))}
      </ol>
      {record.photos.length > 0 && (
        <div className="card-body">
          <PhotoStrip ids={record.photos} caption="现场照片" />
        </div>
      )}
    </Section>
  )
}

export function SpotsSection({ record }: { record: Inspection }) {
  if (record.spots.length === 0) return null
  return (
    <Section title="实测" note={`${record.spots.length} 项`} padded>
      {record.spots.map((spot) => (
        <SpotLine key={spot.id} spot={spot} />
      ))}
    </Section>
  )
}

const sayZeroed = ({ zeroed }: TableScore) =>
  zeroed === null
    ? ''
    : zeroed.by === 'item'
      ? '保证项目有一项得零分，本表计零分'
      : `保证项目实得 ${digits(zeroed.got)}/${zeroed.full}，本表计零分`

/** The summary table, each row with how its points came about. */
export function ScoreSection({ record }: { record: Inspection }) {
  const { score } = record
  if (getTemplate(record).form !== 'scored') return null
  if (!score)
    return (
      <Section title="评分">
        <Empty>有一张评分表全部作答后开始计分。</Empty>
      </Section>
    )
  const weight = score.rows.reduce((sum, row) => sum + row.weight, 0)
  return (
    <Section title="评分" note={`${digits(score.total)} 分 · ${gradeTitles[score.grade]}`}>
      <table className="plain num">
        <thead>
          <tr>
            <th>检查项目</th>
            <th>权重</th>
            <th>得分</th>
            <th>计入总分</th>
          </tr>
        </thead>
        <tbody>
          {score.rows.map((row) => (
            <tr key={row.key}>
              <td>
                {row.title}
                {row.tables.map((table) => (
                  <div key={table.table} className="tiny muted">
                    {table.table} {findCheckTable(table.table)?.title} 实得 {digits(table.got)}/{table.full}
                    {table.full < 100 && '，按缺项换算'}
                    {table.zeroed && `；${sayZeroed(table)}`}
                  </div>
                ))}
              </td>
              <td>{row.weight}</td>
              <td>{digits(row.score)}</td>
              <td>{digits(row.points)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="tiny muted num card-body">
        总分 = 各项计入总分之和 {digits(score.rows.reduce((sum, row) => sum + row.points, 0))} ÷ 实查项目权重之和{' '}
        {weight} × 100 = {digits(score.total)}
      </p>
    </Section>
  )
}

/** The answers by table, folded: nobody reads thirty lines of 符合 unasked. */
export function AnswersSection({ record }: { record: Inspection }) {
  return (
    <Section title="检查表">
      {formOf(record).map((section) => {
        const marks = section.items.map(({ code }) => markOf(record, code))
        const count = (mark: string) => marks.filter((one) => one === mark).length
        return (
          <details key={section.code} className="answers">
            <summary>
              {section.title}
              <span className="tiny muted num">
                符合 {count('pass')} · 不符合 {count('fail')} · 不适用 {count('na')}
                {marks.includes(undefined) && ` · 未答 ${marks.filter((one) => one === undefined).length}`}
              </span>
            </summary>
            <ul>
              {section.items.map(({ code, title, points }, at) => {
                const mark = marks[at]
                return (
                  <li key={code}>
                    <span>
                      {title}
                      {points !== null && <span className="tiny muted num"> 应得 {points} 分</span>}
                    </span>
                    <Tag tone={mark === 'fail' ? 'red' : mark === 'pass' ? 'calm' : 'plain'}>
                      {mark ? markTitles[mark] : '未答'}
                    </Tag>
                  </li>
                )
              })}
            </ul>
          </details>
        )
      })}
    </Section>
  )
}

/** The site's signature, and whether it still stands for what is written above it. */
export function SignatureSection({ view }: { view: InspectionView }) {
  const { signature } = view.record
  if (!signature) return null
  return (
    <Section title="现场签字" padded>
      {view.signatureFits === false && (
        <p className="failure" role="alert">
          签字后内容已有修改，此签字不再对应现在的内容，须重新签字。
        </p>
      )}
      <p>
        {unitName(view.record, signature.orgId)} {signature.name}（{signature.role}）
        {signature.refused ? ' 拒绝签字' : signature.by === 'own' ? ' 本人登录签字' : ' 在监督员设备上签字'}，
        <When at={signature.signedAt} />
      </p>
      {signature.refused && (
        <p>
          理由：{signature.refused}；见证：{signature.witness}
        </p>
      )}
      {signature.fileId && <SignatureImage id={signature.fileId} name={signature.name} />}
      <p className="tiny muted">
        内容摘要（SHA-256）<span className="hash">{signature.contentDigest}</span>
        {view.signatureFits && ' 与现在的内容一致'}
      </p>
    </Section>
  )
}
