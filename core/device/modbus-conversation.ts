import { judgeAnswer, readsOf, takeFrames, valuesIn } from '../codec/modbus/index.ts'
import type { FrameField, FramePart } from './conversation.ts'
import type { DeviceModel } from './models.ts'
import { findQuantity } from './quantities.ts'
import type { Spoken } from './schema.ts'

/** Exceptions of the protocol, and what our own judgement of an answer says. */
export const modbusFaultNames: Readonly<Record<string, string>> = {
  illegal_function: '设备不支持这个功能码',
  illegal_data_address: '设备没有这个寄存器地址',
  illegal_data_value: '问询的寄存器数量不对',
  server_device_failure: '设备内部故障',
  acknowledge: '设备已接受，仍在处理',
  server_device_busy: '设备正忙',
  memory_parity_error: '设备存储校验错误',
  gateway_path_unavailable: '网关没有通往设备的路径',
  gateway_target_failed_to_respond: '网关后面的设备没有应答',
  unknown_exception: '未知的异常码',
  wrong_unit: '应答的单元号不对',
  wrong_function: '应答的功能码不对',
  wrong_length: '应答的长度不对',
  registers_missing: '有的寄存器没有数值',
}

const sayFault = (reason: string) => modbusFaultNames[reason] ?? `不能采用（${reason}）`
const sayHex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ')

/** The bytes in hexadecimal, each frame on its line: header, unit, and what is asked or told. */
export function modbusPartsOf(raw: Uint8Array, { fault }: Pick<Spoken, 'fault'>): FramePart[] {
  const parts: FramePart[] = []
  for (let at = 0; at < raw.length;) {
    const length = raw.length - at >= 6 ? raw[at + 4]! * 256 + raw[at + 5]! : 0
    const end = Math.min(raw.length, length < 2 ? raw.length : at + 6 + length)
    parts.push({ part: 'head', text: `${sayHex(raw.subarray(at, Math.min(end, at + 7)))} ` })
    if (at + 7 < end) parts.push({ part: 'data', text: `${sayHex(raw.subarray(at + 7, end))}\n` })
    at = end
  }
  const last = parts.at(-1)
  return fault?.reason && last ? [...parts.slice(0, -1), { ...last, bad: sayFault(fault.reason) }] : parts
}

/** What is asked, or which registers were told and what they measure by the model's map. */
export function modbusFieldsOf(
  raw: Uint8Array,
  { way, fault }: Pick<Spoken, 'way' | 'fault'>,
  { registers = [] }: Pick<DeviceModel, 'registers'>,
): FrameField[] {
  const { frames } = takeFrames(raw, raw.length)
  const fields = frames.flatMap(({ transaction, unit, pdu }): FrameField[] => {
    if (way === 'out') return [askedOf(unit, pdu)]
    // Each poll counts its requests from 1, in the order of the map.
    const read = readsOf(registers)[transaction - 1]
    if (!read) return [{ name: `应答 ${transaction}`, text: sayHex(pdu), meaning: '没有对应的问询' }]
    const told = judgeAnswer(
      { transaction, unit, table: read.table, address: read.address, count: read.count },
      { transaction, unit, pdu },
    )
    if (told.kind !== 'registers') return []
    const { values, missing } = valuesIn(read, told.registers)
    return [
      ...values.map(({ quantity, value }) => ({
        name: quantity,
        text: String(value),
        meaning: `${findQuantity(quantity)?.name ?? quantity}（${findQuantity(quantity)?.unit ?? ''}）`,
      })),
      ...missing.map((quantity) => ({
        name: quantity,
        text: '',
        meaning: findQuantity(quantity)?.name ?? quantity,
        bad: '寄存器中不是数值',
      })),
    ]
  })
  return fault?.reason ? [...fields, { name: '应答', text: '', meaning: '', bad: sayFault(fault.reason) }] : fields
}

function askedOf(unit: number, pdu: Uint8Array): FrameField {
  const [code = 0, high = 0, low = 0, most = 0, count = 0] = pdu
  const table = code === 3 ? '保持寄存器' : '输入寄存器'
  const from = high * 256 + low
  return {
    name: '问询',
    text: `单元 ${unit}，功能码 ${code}`,
    meaning: `读${table} ${from} 至 ${from + most * 256 + count - 1}`,
  }
}
