import type { Application, ApplicationView } from '@plumbline/core/permit'
import { Link } from 'react-router'
import { fileUrl } from '../../kit/files.ts'
import { type Fact, Facts, Section, Tag, When } from '../../kit/ui/index.ts'
import { kinds, titleOf } from './words.ts'

const sayBy = (by: Application['submitted']) =>
  by && (
    <>
      {by.name} <When at={by.at} />
    </>
  )

/** 事实, 材料 and every time it was returned: what the console and the phone both show. */
export function ApplicationParts({ view: { record, missing } }: { view: ApplicationView }) {
  const facts: Fact[] = [
    { label: '项目', value: <Link to={`/project/${record.projectId}`}>{record.projectName}</Link> },
    { label: '建设单位', value: record.ownerName },
    { label: '提交', value: sayBy(record.submitted) },
    { label: '受理', value: sayBy(record.accepted) },
    { label: '申请说明', value: record.statement, wide: true },
  ]
  return (
    <>
      <Section title="事实">
        <Facts facts={facts} />
      </Section>
      <Gaps record={record} />
      <Section title="材料" note={missing.length === 0 ? '已齐' : `缺 ${missing.length} 项`}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">事项</th>
              <th scope="col">材料</th>
              <th scope="col">状态</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map(({ kind, title, department }) => (
              <tr key={kind}>
                <td>
                  {title}
                  <div className="tiny muted">{department}</div>
                </td>
                <td>
                  <Files record={record} kind={kind} />
                </td>
                <td>{missing.includes(kind) ? <Tag tone="yellow">未提交</Tag> : <Tag tone="calm">已提交</Tag>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
    </>
  )
}

function Files({ record, kind }: { record: Application; kind: (typeof kinds)[number]['kind'] }) {
  const material = record.materials.find((one) => one.kind === kind)
  if (!material || (material.fileIds.length === 0 && !material.notConcerned)) return <span className="muted">—</span>
  return (
    <div className="permit-files">
      {material.fileIds.map((id, at) => (
        <a key={id} href={fileUrl(id)} target="_blank" rel="noreferrer">
          材料 {at + 1}
        </a>
      ))}
      {material.notConcerned && <span>不涉及：{material.notConcerned}</span>}
    </div>
  )
}

/** 一次告知: the last return first, with all its gaps. */
function Gaps({ record }: { record: Application }) {
  if (record.returns.length === 0) return null
  return (
    <Section title="补正告知" note={`共 ${record.returns.length} 次`} padded>
      {record.returns.toReversed().map(({ gaps, by }) => (
        <div key={by.at}>
          <span className="muted">
            <When at={by.at} /> {by.name}
          </span>
          <ul className="permit-gaps">
            {gaps.map(({ kind, text }) => (
              <li key={`${kind} ${text}`}>
                {titleOf(kind)}：{text}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  )
}
