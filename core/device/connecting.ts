import { asciiOf, messageFrame, sayQn, sayTime } from '../codec/hj212/index.ts'
import { readRequest, readsOf } from '../codec/modbus/index.ts'
import { isSiteKind, sampleOf, sayInstant } from '../codec/sitejson/index.ts'
import type { Doors } from './contract.ts'
import { getModel, type Protocol } from './models.ts'
import { findQuantity } from './quantities.ts'
import type { Device } from './schema.ts'

/** How a device is connected: what is set in it, and something to try the line with. */
export interface Connecting {
  protocol: Protocol
  facts: { label: string; value: string }[]
  /** What the device sends, or, of Modbus, what it is asked. */
  sample: { title: string; text: string; note?: string }
  /** Commands with which the sample is sent from any machine; null where the platform calls. */
  trial: string | null
  /** What must be known of the promise behind an acknowledgement. */
  warning: string | null
}

/** The password in a sample: the real one is nowhere to be shown. */
export const samplePassword = '123456'

const samplePasswordNote = `试发命令中的密码是 ${samplePassword}，请换成登记的密码`

type Asked = Pick<Device, 'mn' | 'kind' | 'modelCode' | 'settings'>

/** `now`: milliseconds, for the times in the sample. */
export function connectingOf(device: Asked, doors: Doors, now: number): Connecting {
  const { protocol } = getModel(device.modelCode)
  if (protocol === 'hj212') return overTcp(device, doors, now)
  if (protocol === 'modbus') return asked(device)
  return protocol === 'mqtt' ? overMqtt(device, doors, now) : byPush(device, doors, now)
}

function overTcp({ mn, kind, modelCode }: Asked, { hj212 }: Doors, now: number): Connecting {
  const groups = getModel(modelCode).quantities.map(({ code }) => {
    const particles = getModel(modelCode).unitProfile === 'ng' && code.startsWith('a34')
    return code.startsWith('SB') ? `${code}-RS=1` : `${code}-Rtd=${particles ? '35000' : '35'},${code}-Flag=N`
  })
  const frame = messageFrame(
    { mn, pw: samplePassword, st: '39', version: '2017' },
    {
      qn: sayQn(now),
      cn: kind === 'dust' ? '2011' : '2021',
      wantsAnswer: true,
      cp: [`DataTime=${sayTime(now)}`, ...groups].join(';'),
    },
  )
  const text = asciiOf(frame, 0, frame.length).trimEnd()
  return {
    protocol: 'hj212',
    facts: [
      { label: '服务器地址', value: hj212.host },
      { label: 'TCP 端口', value: String(hj212.port) },
      { label: '设备编号 MN', value: mn },
      { label: '密码 PW', value: '登记时的通信密码' },
      { label: '协议', value: 'HJ 212-2017，也接受 2005、2025 版；每分钟至少一条实时数据' },
    ],
    sample: {
      title: '报文示例（以回车换行结束）',
      text,
      note: `示例中的密码是 ${samplePassword}；换成登记的密码后校验码要重新计算`,
    },
    trial: `printf '%s\\r\\n' '${text}' | nc -q 2 ${hj212.host} ${hj212.port}`,
    warning: null,
  }
}

/** The published sample of a kind, as if it had been sent now. */
function sampleText(kind: Device['kind'], now: number): string {
  if (!isSiteKind(kind)) throw new Error(`no site message of ${kind}`)
  const time = sayInstant(Math.floor(now / 1000) * 1000)
  const told = JSON.stringify({ ...sampleOf(kind), id: `trial-${sayTime(now)}`, deviceTime: time })
  // Events of the sample happen now as well.
  return told.replace(/"(at|endedAt)":"[^"]*"/g, `"$1":"${time}"`)
}

function overMqtt({ mn, kind }: Asked, { mqtt }: Doors, now: number): Connecting {
  const { host, port, outside } = mqtt
  const up = `plumbline/v1/${mn}/up`
  return {
    protocol: 'mqtt',
    facts: [
      { label: 'MQTT 服务地址', value: host },
      { label: '端口', value: String(port) },
      { label: '版本', value: outside ? '由外部 MQTT 服务决定' : 'MQTT 3.1.1' },
      { label: '用户名', value: mn },
      { label: '密码', value: outside ? '外部 MQTT 服务中为本设备设置的密码' : '登记时的通信密码' },
      { label: '发布主题', value: `${up}（QoS 1）` },
      { label: '订阅主题', value: `plumbline/v1/${mn}/down` },
    ],
    sample: { title: '消息示例', text: sampleText(kind, now), note: samplePasswordNote },
    trial: `mosquitto_pub -h ${host} -p ${port} -u ${mn} -P '${samplePassword}' -q 1 -t ${up} -m '${sampleText(kind, now)}'`,
    warning: outside
      ? '本平台使用外部 MQTT 服务：设备收到的确认（PUBACK）由那个服务发出，只说明它已收到，不说明平台已入库。平台入库后另在订阅主题上发出 ack，以它为准。'
      : null,
  }
}

function byPush({ mn, kind }: Asked, { push }: Doors, now: number): Connecting {
  const url = `${push.url}/device/v1/${mn}`
  const body = sampleText(kind, now)
  return {
    protocol: 'push',
    facts: [
      { label: '推送地址', value: `POST ${url}` },
      { label: 'x-device-time', value: '发送时刻，1970 年以来的毫秒数，与平台相差不超过 5 分钟' },
      {
        label: 'x-device-signature',
        value: '以通信密码为密钥，对“x-device-time 的值、一个换行、报文全文”计算的 HMAC-SHA256，十六进制小写',
      },
      { label: '应答', value: '200 即已入库；401 签名不符；400 报文不能采用；503 稍后重发' },
    ],
    sample: { title: '报文示例', text: body, note: samplePasswordNote },
    trial: [
      `BODY='${body}'`,
      `TIME=$(date +%s)000`,
      `SIGN=$(printf '%s\\n%s' "$TIME" "$BODY" | openssl dgst -sha256 -hmac '${samplePassword}' -r | cut -c1-64)`,
      `curl -sS '${url}' -H "x-device-time: $TIME" -H "x-device-signature: $SIGN" -H 'content-type: application/json' --data-binary "$BODY"`,
    ].join('\n'),
    warning: null,
  }
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ')

function asked({ modelCode, settings: { modbus } }: Asked): Connecting {
  const { registers = [], quantities } = getModel(modelCode)
  const unit = modbus?.unit ?? 1
  const requests = readsOf(registers).map(({ table, address, count }, index) =>
    hex(readRequest({ transaction: index + 1, unit, table, address, count })),
  )
  const periods = quantities.map(({ period }) => period)
  return {
    protocol: 'modbus',
    facts: [
      { label: '平台访问的地址', value: modbus ? `${modbus.host}:${modbus.port}` : '尚未填写' },
      { label: '单元号', value: String(unit) },
      { label: '周期', value: `每 ${Math.min(...periods)} 秒` },
      ...registers.map(({ table, register, type, scale, quantity }) => ({
        label: findQuantity(quantity)?.name ?? quantity,
        value: `${table === 'holding' ? '保持寄存器（功能码 3）' : '输入寄存器（功能码 4）'}，地址 ${register}，${type}，乘 ${scale}，单位 ${findQuantity(quantity)?.unit ?? ''}`,
      })),
    ],
    sample: { title: '平台发出的问询', text: requests.join('\n') },
    trial: null,
    warning: null,
  }
}
