import { deviceContract, fieldsOf, fineVerdicts, partsOf, type Spoken, verdictNames } from '@plumbline/core/device'
import { commandNames } from '@plumbline/core/codec/hj212'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { usePages } from '../../kit/api.ts'
import { Empty, Failure, Loading, Section, Tag, When } from '../../kit/ui/index.ts'
import { bytesOfBase64 } from './bytes.ts'

const lookAgain = 3_000

/** 会话: the bytes in both directions, newest first; what is wrong is marked where it stands and named. */
export function Conversation({ id }: { id: string }) {
  const pages = usePages(deviceContract.conversation, { params: { id }, query: { limit: 12 } })
  const { again } = pages
  useEffect(() => {
    const timer = setInterval(again, lookAgain)
    return () => clearInterval(timer)
  })
  return (
    <Section title="会话" note="原始报文，密码已遮盖 · 保留 72 小时">
      {pages.error && <Failure error={pages.error} again={again} />}
      {pages.isPending && !pages.error && <Loading />}
      {!pages.isPending && !pages.error && pages.rows.length === 0 && <Empty>还没有收到这个编号的报文。</Empty>}
      <ol className="device-talk">
        {pages.rows.map((spoken) => (
          <Line key={spoken.id} spoken={spoken} />
        ))}
      </ol>
      {pages.more && (
        <div className="device-more">
          <Button size="small" loading={pages.loadingMore} onClick={pages.more}>
            更早的报文
          </Button>
        </div>
      )}
    </Section>
  )
}

function Line({ spoken }: { spoken: Spoken }) {
  const { way, at, verdict, verified } = spoken
  const fine = fineVerdicts.includes(verdict)
  const [open, setOpen] = useState(false)
  const raw = bytesOfBase64(spoken.raw)
  const shown = open || (!fine && way === 'in')
  return (
    <li>
      <div className="device-said">
        <When at={at} />
        <span className={way === 'out' ? 'device-out' : undefined}>
          {way === 'in' ? '设备 → 平台' : way === 'out' ? '平台 → 设备' : '连接'}
        </span>
        <Tag tone={fine ? (way === 'in' ? 'calm' : 'plain') : 'red'}>{verdictNames[verdict]}</Tag>
        {way === 'in' && !verified && <Tag tone="yellow">编号未经验证</Tag>}
        {raw.length > 0 && fine && (
          <button type="button" className="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? '收起字段' : '查看字段'}
          </button>
        )}
      </div>
      {raw.length > 0 && <Bytes spoken={spoken} raw={raw} />}
      {shown && raw.length > 0 && <Fields raw={raw} verdict={verdict} />}
    </li>
  )
}

/** The frame as sent; its wrong part is marked and its fault stands below. */
function Bytes({ spoken, raw }: { spoken: Spoken; raw: Uint8Array }) {
  const parts = partsOf(raw, spoken)
  const bad = parts.find((part) => part.bad)
  return (
    <>
      <code className="device-bytes">
        {parts.map((part) =>
          part.bad ? (
            <mark key={part.part} title={part.bad}>
              {part.text || '∅'}
            </mark>
          ) : (
            <span key={part.part} className={`device-${part.part}`}>
              {part.text}
            </span>
          ),
        )}
      </code>
      {bad && <p className="device-fault">{bad.bad}</p>}
    </>
  )
}

function Fields({ raw, verdict }: { raw: Uint8Array; verdict: Spoken['verdict'] }) {
  return (
    <table className="device-fields">
      <tbody>
        {fieldsOf(raw, verdict).map(({ name, text, meaning, bad }, index) => (
          <tr key={`${name} ${index}`} className={bad ? 'device-wrong' : undefined}>
            <th scope="row">{name}</th>
            <td className="num">{name === 'DataTime' && text ? <When at={text} /> : text}</td>
            <td>{bad ?? (name === 'CN' ? (commandNames[text] ?? meaning) : meaning)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
