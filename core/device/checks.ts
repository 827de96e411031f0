import { markNames } from '../codec/hj212/index.ts'
import { baseOf, type DeviceModel, getModel, isLead, type Protocol } from './models.ts'
import { findQuantity } from './quantities.ts'
import type { Device, DeviceLine } from './schema.ts'

export const checkNames = ['network', 'frame', 'clock', 'values'] as const
export type CheckName = (typeof checkNames)[number]

/** One of the four steps of an onboarding as it stands now, and what to do about it. */
export interface Check {
  name: CheckName
  title: string
  state: 'good' | 'doubtful' | 'bad' | 'waiting'
  words: string
  /** What to do next; null when there is nothing to do. */
  next: string | null
}

/** The newest value of a quantity, and of PM10 the mean of today as far as it is known. */
export interface CheckedValue {
  quantity: string
  value: number | null
  flag: string | null
  dayMean?: number | null | undefined
}

export interface CheckAsk {
  device: Pick<Device, 'mn' | 'kind' | 'modelCode' | 'unitProfile' | 'settings'>
  line: DeviceLine
  /** Empty where only the line is known. */
  latest: readonly CheckedValue[]
  now: string
  skewMinutes: number
}

type Found = Omit<Check, 'name' | 'title'>

const minute = 60_000
/** Without an open line a device counts as reached when it was heard so lately: a push, or an outside broker. */
const lately = 10 * minute

const good = (words: string): Found => ({ state: 'good', words, next: null })
const bad = (words: string, next: string): Found => ({ state: 'bad', words, next })
const doubtful = (words: string, next: string): Found => ({ state: 'doubtful', words, next })
const waiting = (words: string, next: string | null = null): Found => ({ state: 'waiting', words, next })

/** 网络、报文、时钟、数值: whatever the protocol, in this order, and each only as far as something is known. */
export function checksOf(ask: CheckAsk): Check[] {
  const model = getModel(ask.device.modelCode)
  return [
    { name: 'network', title: '网络', ...networkOf(ask, model) },
    { name: 'frame', title: '报文', ...frameOf(ask.line, model.protocol) },
    { name: 'clock', title: '时钟', ...clockOf(ask, model.protocol) },
    { name: 'values', title: '数值', ...valuesOf(ask, model) },
  ]
}

/** The check on which an onboarding stands still: what is wrong, else what is waited for; null when all four are good. */
export function failingOf(checks: readonly Check[]): Check | null {
  return (
    checks.find(({ state }) => state === 'bad') ??
    checks.find(({ state }) => state === 'waiting') ??
    checks.find(({ state }) => state === 'doubtful') ??
    null
  )
}

const reachWords: Record<Protocol, string> = {
  hj212: '在设备中核对服务器地址和 TCP 端口，现场能否上网，防火墙是否放行',
  mqtt: '在设备中核对 MQTT 服务地址和端口，用户名应为设备编号，现场能否上网',
  push: '在设备或厂商平台中核对推送地址，地址末尾应为设备编号',
  modbus: '核对地址、端口和单元号，现场网关应允许平台访问',
}

function networkOf({ device, line, now }: CheckAsk, { protocol }: DeviceModel): Found {
  const heard = line.heardAt !== null && Date.parse(now) - Date.parse(line.heardAt) < lately
  const { modbus } = device.settings
  const place = modbus ? `${modbus.host}:${modbus.port}` : ''
  if (line.connected) return good(protocol === 'modbus' ? `平台已连上 ${place}` : '已连接')
  if (heard) return good('近十分钟内收到过报文')
  if (protocol === 'modbus') return bad(`平台没有连上 ${place}`, reachWords.modbus)
  if (line.good + line.bad + line.refused > 0)
    return bad(protocol === 'push' ? '近十分钟没有收到推送' : '当前没有连接', `核对供电和网络；${reachWords[protocol]}`)
  return waiting(`还没有收到编号 ${device.mn} 的任何报文`, reachWords[protocol])
}

const refusedWords: Record<Protocol, { words: string; next: string }> = {
  hj212: { words: '密码不符', next: '在设备中改正密码 PW，或者在本页重设通信密码' },
  mqtt: { words: '登录被拒绝：密码不符，或型号不是 MQTT 设备', next: '在设备中改正密码，或者在本页重设通信密码' },
  push: {
    words: '签名不符，或者签名时间相差超过 5 分钟',
    next: '按“接入方式”核对签名算法和密码，并校准推送方的时钟',
  },
  modbus: { words: '应答不能采用', next: '核对单元号和寄存器地址' },
}

function frameOf({ good: taken, bad: broken, refused }: DeviceLine, protocol: Protocol): Found {
  if (taken > 0) return good(`收到有效报文 ${taken} 条`)
  if (broken > 0)
    return bad(
      '校验码、长度或结束符不符，见会话中标出的部分',
      '核对校验算法（国标附录A 或 MODBUS）和结束符，可在“修改设备信息”中放宽',
    )
  if (refused > 0) return bad(`${refusedWords[protocol].words}，见会话`, refusedWords[protocol].next)
  return waiting(protocol === 'modbus' ? '等待第一次应答' : '等待第一条报文')
}

const sayMillis = (millis: number): string => {
  const size = Math.abs(millis)
  const span = size < minute ? `${Math.round(size / 1000)} 秒` : `${Math.round(size / minute)} 分钟`
  return `${millis >= 0 ? '快' : '慢'} ${span}`
}

function clockOf({ line, skewMinutes }: CheckAsk, protocol: Protocol): Found {
  const { skewMillis, good: taken } = line
  if (protocol === 'modbus') return taken > 0 ? good('以平台时间为准') : waiting('等待数据')
  if (skewMillis === null)
    return taken > 0
      ? waiting('还没有带时间的实时数据', '设备时间慢得较多时，数据按补传处理：请核对设备上的时间')
      : waiting('等待数据')
  if (Math.abs(skewMillis) <= skewMinutes * minute) return good(sayMillis(skewMillis))
  return bad(
    `${sayMillis(skewMillis)}，超过 ${skewMinutes} 分钟的数据不入库`,
    '平台已发出校时指令；设备不支持时请在现场校准时间，时区应为北京时间',
  )
}

/** Standards 3.5: outside of this a daily mean of PM10 (µg/m³) speaks of a wrong unit, not of the air. */
const pm10 = 'a34002'
const likelyPm10 = { low: 5, high: 1000 }

function valuesOf({ device, line, latest }: CheckAsk, model: DeviceModel): Found {
  const impossible = latest.filter(({ flag }) => flag === '!')
  if (impossible.length > 0) return impossibleOf(impossible, model)
  const mean = latest.find(({ quantity }) => quantity === pm10)?.dayMean ?? null
  if (mean !== null && (mean < likelyPm10.low || mean > likelyPm10.high))
    return doubtful(
      `PM10 今日均值 ${Math.round(mean * 10) / 10} µg/m³，不在 ${likelyPm10.low} 至 ${likelyPm10.high} 之间`,
      `核对设备上传颗粒物的单位；现在按 ${unitNames[device.unitProfile]} 换算，可在“修改设备信息”中改正`,
    )
  const marked = latest.find(({ quantity, flag }) => isLead(model, quantity) && flag !== null && flag !== 'N')
  if (marked)
    return bad(
      `${nameOf(marked.quantity)}的标记是“${markNames[marked.flag!] ?? marked.flag}”，不是正常值`,
      '在现场检查仪器；标记正常后才算接入',
    )
  if (line.freshness === 'never')
    return waiting(
      line.good > 0 ? `收到报文，但还没有${nameOf(model.lead)}的正常值` : '等待有效数值',
      line.good > 0 ? '在会话中查看报文的字段：编码、标记和数据时间' : null,
    )
  if (line.freshness === 'stale') return bad(`${nameOf(model.lead)}已中断`, '在现场检查仪器和采集仪之间的连接')
  const missing = missingOf(model, latest)
  return missing.length > 0
    ? doubtful(`${nameOf(model.lead)}正在更新；还没有收到：${missing.join('、')}`, '现场没有这些传感器时可以不管')
    : good(`${nameOf(model.lead)}正在更新`)
}

const unitNames = { ng: 'ng/m³', ug: 'µg/m³', mg: 'mg/m³' } as const
const nameOf = (code: string) => findQuantity(code)?.name ?? code

function impossibleOf(values: readonly CheckedValue[], { kind }: DeviceModel): Found {
  const said = values.map(({ quantity, value }) => {
    const found = findQuantity(quantity)
    return `${found?.name ?? quantity} ${value ?? '—'} ${found?.unit ?? ''}`.trim()
  })
  const particles = kind === 'dust' && values.some(({ quantity }) => quantity.startsWith('a34'))
  return bad(
    `${said.join('、')}，超出仪器可能的范围`,
    particles ? '核对设备上传颗粒物的单位，可在“修改设备信息”中改正' : '核对单位、量程和传感器接线',
  )
}

/** Quantities that the model promises and of which nothing has come, when anything is known at all. */
function missingOf({ quantities }: DeviceModel, latest: readonly CheckedValue[]): string[] {
  const heard = new Set(latest.filter(({ value }) => value !== null).map(({ quantity }) => baseOf(quantity)))
  if (heard.size === 0) return []
  return quantities.flatMap(({ code }) => (heard.has(code) ? [] : [nameOf(code)]))
}
