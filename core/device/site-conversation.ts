import { markNames, textOf } from '../codec/hj212/index.ts'
import {
  type BadReason,
  decode,
  findDown,
  type SiteEvent,
  type SiteMessage,
  type SiteProblem,
} from '../codec/sitejson/index.ts'
import type { FrameField, FramePart } from './conversation.ts'
import { kindNames } from './kinds.ts'
import { findQuantity } from './quantities.ts'
import type { Spoken } from './schema.ts'

/** Why a message was not taken as a whole. */
export const badReasonNames: Record<BadReason, string> = {
  too_long: '超过 65,536 字节',
  byte_order_mark: '开头有字节顺序标记（BOM），应为不带标记的 UTF-8',
  not_utf8: '不是 UTF-8 编码（不能用 GBK）',
  too_deep: '嵌套超过 8 层',
  not_json: '不是完整的 JSON',
  forbidden_key: '含有不允许的名称 __proto__',
  duplicate_key: '同一层内名称重复',
  personal_data: '含有身份证号码，不能上传',
  not_object: '应为一个 JSON 对象',
  field_missing: '缺少必填的字段',
  field_malformed: '字段的格式不对',
  kind_unknown: '设备类别不认识，或与登记的型号不同',
}

/** Why a part of a message was left out; the rest of it stands. */
export const siteProblemNames: Record<SiteProblem['rule'], string> = {
  field_missing: '缺少，数据不能入库',
  field_malformed: '格式不对，这一部分未采用',
  field_unknown: '不认识的字段，未采用',
  time_malformed: '时间格式不对，数据不能入库',
  value_not_a_number: '不是数字，未采用',
  value_too_large: '数字过大，未采用',
  value_repeated: '同一测点说了两次，只采用第一次',
  flag_unknown: '数据标记不认识，未采用',
  flag_without_value: '有标记而没有数值',
  event_unknown: '不认识的事件，未采用',
}

const nameOf = (rule: string): string =>
  Object.hasOwn(badReasonNames, rule) ? badReasonNames[rule as BadReason] : `不能采用（${rule}）`

const connect = /^CONNECT ([0-9A-Za-z]{1,24})$/

const signInIn = (raw: Uint8Array) => connect.exec(textOf(raw, 0, Math.min(raw.length, 64)))

/** Whether these bytes are a site message or the note of a sign-in, as far as their beginning tells. */
export const looksLikeSite = (raw: Uint8Array): boolean => raw[0] === 0x7b || signInIn(raw) !== null

/** The text of a message laid out line by line, with what was left out of it marked where it stands. Works on any bytes. */
export function sitePartsOf(raw: Uint8Array, { fault }: Pick<Spoken, 'fault'>): FramePart[] {
  const text = textOf(raw)
  const wrong = wrongOf(fault)
  const laid = layOut(text, [...wrong.keys()])
  // eslint-disable-next-line no-control-regex
  const plain = (shown: string) => shown.replace(/[\x00-\x09\x0b-\x1f\x7f]/g, '·')
  if (!laid) {
    const whole = wrong.get('') ?? [...wrong.values()][0]
    return [{ part: 'data', text: plain(text), ...(whole ? { bad: whole } : {}) }]
  }
  const stands = new Set(laid.map(({ path }) => path))
  // What is missing stands nowhere: the whole is marked with it.
  const absent = [...wrong].filter(([path]) => !stands.has(path)).map(([path, words]) => `${path} ${words}`)
  return laid.map(({ path, line }) => {
    const bad = wrong.get(path) ?? (path === '' && absent.length > 0 ? absent.join('；') : undefined)
    return { part: 'data', text: plain(`${line}\n`), ...(bad ? { bad } : {}) }
  })
}

/** What is wrong, by the path at which it stands; '' is the whole. */
function wrongOf(fault: Spoken['fault']): Map<string, string> {
  const wrong = new Map<string, string>()
  if (fault?.reason) wrong.set(normal(fault.path ?? ''), nameOf(fault.reason))
  for (const { rule, path } of fault?.problems ?? []) wrong.set(normal(path), problemName(rule))
  return wrong
}

const problemName = (rule: string): string =>
  Object.hasOwn(siteProblemNames, rule) ? siteProblemNames[rule as SiteProblem['rule']] : `未采用（${rule}）`

const normal = (path: string) => path.replace(/^\//, '').replaceAll('/', '.')

interface LaidLine {
  path: string
  line: string
}

/** What fits on a line stands on one, unless something in it is wrong. */
const lineLength = 120

/** JSON line by line with the path of each; undefined when it is no object. */
function layOut(text: string, wrong: readonly string[]): LaidLine[] | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const lines: LaidLine[] = [{ path: '', line: '{' }]
  const put = (held: unknown, path: string, head: string, indent: string, comma: string) => {
    const open = typeof held === 'object' && held !== null && Object.keys(held).length > 0
    const whole = JSON.stringify(held)
    const broken = wrong.some((at) => at.startsWith(`${path}.`) || at.startsWith(`${path}[`))
    if (!open || (!broken && whole.length <= lineLength))
      return void lines.push({ path, line: `${indent}${head}${whole}${comma}` })
    const [left, right] = Array.isArray(held) ? ['[', ']'] : ['{', '}']
    lines.push({ path, line: `${indent}${head}${left}` })
    const members = Object.entries(held as object)
    for (const [index, [key, member]] of members.entries())
      put(
        member,
        Array.isArray(held) ? `${path}[${index}]` : `${path}.${sayKey(key)}`,
        Array.isArray(held) ? '' : `${JSON.stringify(key)}: `,
        `${indent}  `,
        index < members.length - 1 ? ',' : '',
      )
    lines.push({ path: `${path}/`, line: `${indent}${right}${comma}` })
  }
  const members = Object.entries(value)
  for (const [index, [key, member]] of members.entries())
    put(member, sayKey(key), `${JSON.stringify(key)}: `, '  ', index < members.length - 1 ? ',' : '')
  return [...lines, { path: '/', line: '}' }]
}

/** A key as the codec names it in a path. */
const sayKey = (key: string) =>
  Array.from(key.slice(0, 80))
    .slice(0, 40)
    .join('')
    .replace(/[^\p{L}\p{N}_@.-]/gu, '?')

/** What a message says, field by field, with its meaning; what was left out says why. */
export function siteFieldsOf(
  raw: Uint8Array,
  { way, verdict, fault }: Pick<Spoken, 'way' | 'verdict' | 'fault'>,
): FrameField[] {
  const signIn = signInIn(raw)
  if (signIn) return [signInOf(signIn[1]!, verdict)]
  if (way === 'out') return downOf(raw)
  const decoded = decode(raw)
  const told = wrongFields(fault)
  if (!decoded.ok)
    return told.length > 0
      ? told
      : [{ name: decoded.path || '全文', text: '', meaning: '', bad: nameOf(decoded.reason) }]
  return [...messageOf(decoded.message, verdict), ...told]
}

const signInOf = (number: string, verdict: Spoken['verdict']): FrameField => ({
  name: 'CONNECT',
  text: number,
  meaning: 'MQTT 登录的用户名（设备编号）',
  ...(verdict === 'wrong_password' ? { bad: '密码不符，或型号不是 MQTT 设备' } : {}),
})

const wrongFields = (fault: Spoken['fault']): FrameField[] =>
  [...wrongOf(fault)].map(([path, bad]) => ({ name: path || '全文', text: '', meaning: '', bad }))

const timeBad: Partial<Record<Spoken['verdict'], string>> = {
  in_future: '比平台时间超前',
  too_old: '早于可补传的时限',
  no_time: '没有数据时间',
}

function messageOf(message: SiteMessage, verdict: Spoken['verdict']): FrameField[] {
  const { id, kind, dataTime, driverId, values, events, replies, states } = message
  const bad = timeBad[verdict]
  return [
    { name: 'id', text: id, meaning: '消息编号' },
    { name: 'kind', text: kind, meaning: kindNames[kind] },
    {
      name: 'deviceTime',
      text: dataTime === undefined ? '' : new Date(dataTime).toISOString(),
      meaning: '数据时间',
      ...(bad ? { bad } : {}),
    },
    ...(driverId === undefined ? [] : [{ name: 'driverId', text: driverId, meaning: '司机卡号或证号' }]),
    ...values.map(({ quantity, value, flag }) => ({
      name: quantity,
      text: String(value),
      meaning: `${measured(quantity)}${flag === null ? '' : `，${markNames[flag]}`}`,
    })),
    ...events.map((event) => ({ name: 'event', text: event.id, meaning: sayEvent(event) })),
    ...replies.map(({ commandId, mark, code }) => ({
      name: 'reply',
      text: commandId,
      meaning: `${replyNames[mark]}${code === undefined ? '' : `，代码 ${code}`}`,
    })),
    ...states.map(({ unit, running }) => ({
      name: 'state',
      text: String(unit),
      meaning: `${unit} 号${running ? '运行' : '停止'}`,
    })),
  ]
}

function measured(quantity: string): string {
  const found = findQuantity(quantity)
  if (!found) return '未知的量'
  return found.unit ? `${found.name}（${found.unit}）` : found.name
}

const replyNames = { accepted: '指令已接受', executed: '指令已执行', refused: '指令未执行' } as const

function sayEvent({ kind, body }: SiteEvent): string {
  if (kind === 'exit')
    return [
      '车辆出场',
      body.plate ?? '车牌未识别',
      body.washed ? '已冲洗' : '未冲洗',
      body.covered ? '已密闭' : '未密闭',
      ...(body.grossWeight === undefined ? [] : [`总重 ${body.grossWeight} t`]),
    ].join('，')
  if (kind === 'passage') return body.direction === 'in' ? '人员进场' : '人员出场'
  if (kind === 'intrusion') return `周界入侵，防区 ${body.zone}`
  if (kind === 'track') return `位置 ${body.lon}，${body.lat}`
  return '一次吊装循环'
}

function downOf(raw: Uint8Array): FrameField[] {
  const down = findDown(raw)
  if (!down) return []
  if (down.kind === 'ack') return [{ name: 'ack', text: down.id, meaning: '这条消息已入库' }]
  if (down.kind === 'refused') return [{ name: 'refused', text: down.reason, meaning: nameOf(down.reason) }]
  if (down.kind === 'clock')
    return [{ name: 'clock', text: new Date(down.time).toISOString(), meaning: '把设备时钟设为这个时刻' }]
  const { id, unit, on, validTo, maxRunSeconds } = down.command
  return [
    { name: 'switch', text: id, meaning: `${unit} 号${on ? '开启' : '关闭'}` },
    { name: 'validTo', text: new Date(validTo).toISOString(), meaning: '指令有效期至' },
    { name: 'maxRunSeconds', text: String(maxRunSeconds), meaning: '最长运行秒数' },
  ]
}
