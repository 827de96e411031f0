import {
  deviceContract,
  type DeviceModel,
  fineVerdicts,
  shownFields,
  shownParts,
  sayMissing,
  type Spoken,
  verdictNames,
} from '@plumbline/core/device'
import { commandNames } from '@plumbline/core/codec/hj212'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { usePages } from '../../kit/api.ts'
import { Empty, Failure, Loading, Section, Tag, When } from '../../kit/ui/index.ts'
import { bytesOfBase64 } from './bytes.ts'

const lookAgain = 3_000

/** 会话: the bytes in both directions, newest first; what is wrong is marked where it stands and named. */
export function Conversation({ id, model }: { id: string; model: DeviceModel }) {
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
          <SpokenLine key={spoken.id} spoken={spoken} model={model} />
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

interface LineProps {
  spoken: Spoken
  model: DeviceModel
}

/** One frame with its bytes; of one that was held back its fields stand open. */
export function SpokenLine({ spoken, model }: LineProps) {
  const { way, at, verdict, verified, fault } = spoken
  // A message may be stored and yet have parts that were left out.
  const fine = fineVerdicts.includes(verdict) && !fault?.problems?.length
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
        <Tag tone={fineVerdicts.includes(verdict) ? (way === 'in' ? 'calm' : 'plain') : 'red'}>
          {verdictNames[verdict]}
        </Tag>
        {fault?.problems?.length ? <Tag tone="yellow">有 {fault.problems.length} 处未采用</Tag> : null}
        {sayMissing(fault) && <span>{sayMissing(fault)}</span>}
        {way === 'in' && !verified && <Tag tone="yellow">编号未经验证</Tag>}
        {raw.length > 0 && fine && (
          <button type="button" className="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? '收起字段' : '查看字段'}
          </button>
        )}
      </div>
      {raw.length > 0 && <Bytes spoken={spoken} raw={raw} model={model} />}
      {shown && raw.length > 0 && <Fields spoken={spoken} raw={raw} model={model} />}
    </li>
  )
}

/** The frame as sent; its wrong parts are marked and the faults stand below. */
function Bytes({ spoken, raw, model }: LineProps & { raw: Uint8Array }) {
  const parts = shownParts(raw, spoken, model)
  const faults = [...new Set(parts.flatMap(({ bad }) => bad ?? []))]
  return (
    <>
      <code className="code-block device-bytes">
        {parts.map((part, index) =>
          part.bad ? (
            <mark key={index} title={part.bad}>
              {part.text || '∅'}
            </mark>
          ) : (
            <span key={index} className={`device-${part.part}`}>
              {part.text}
            </span>
          ),
        )}
      </code>
      {faults.map((fault) => (
        <p key={fault} className="device-fault">
          {fault}
        </p>
      ))}
    </>
  )
}

const instants = ['DataTime', 'deviceTime', 'clock', 'validTo']

function Fields({ spoken, raw, model }: LineProps & { raw: Uint8Array }) {
  return (
    <table className="device-fields">
      <tbody>
        {shownFields(raw, spoken, model).map(({ name, text, meaning, bad }, index) => (
          <tr key={`${name} ${index}`} className={bad ? 'device-wrong' : undefined}>
            <th scope="row">{name}</th>
            <td className="num">{instants.includes(name) && text ? <When at={text} /> : text}</td>
            <td>{bad ?? (name === 'CN' ? (commandNames[text] ?? meaning) : meaning)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
