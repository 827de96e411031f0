import { Tag } from '../../kit/ui/index.ts'
import type { DeviceView } from './view.ts'

interface Check {
  name: string
  /** null: not yet known. */
  ok: boolean | null
  words: string
}

const seconds = (millis: number) =>
  `${Math.abs(millis) < 60_000 ? `${Math.round(Math.abs(millis) / 1000)} 秒` : `${Math.round(Math.abs(millis) / 60_000)} 分钟`}`

/** What the line's counters say of the four steps, each only once the one before it is known. */
function checksOf({ line, record }: DeviceView): Check[] {
  const anything = line.good + line.bad + line.refused > 0
  const proven = line.good > 0
  const frame = proven
    ? { ok: true, words: `收到有效报文 ${line.good} 条` }
    : line.bad > 0
      ? { ok: false, words: '校验码、长度或结束符不符，见下方会话' }
      : line.refused > 0
        ? { ok: false, words: '密码不符，见下方会话' }
        : { ok: null, words: '等待第一条报文' }
  const skew = line.skewMillis
  const clock =
    skew !== null
      ? {
          ok: line.quarantined === 0 || Math.abs(skew) < 300_000,
          words: skew >= 0 ? `快 ${seconds(skew)}` : `慢 ${seconds(skew)}`,
        }
      : { ok: null, words: proven ? '还没有带时间的数据' : '等待数据' }
  const values = {
    ok: line.freshness === 'live' ? true : line.freshness === 'stale' ? false : null,
    words:
      line.freshness === 'live' ? '主要因子正在更新' : line.freshness === 'stale' ? '主要因子已中断' : '等待有效数值',
  }
  return [
    {
      name: '网络',
      ok: line.connected ? true : anything ? false : null,
      words: line.connected
        ? '已连接'
        : anything
          ? '当前没有连接'
          : `设备还没有连接，请核对服务器地址和编号 ${record.mn}`,
    },
    { name: '报文', ...frame },
    { name: '时钟', ...clock },
    { name: '数值', ...values },
  ]
}

/** 网络、报文、时钟、数值: the four steps of an onboarding as they stand now. */
export function Checks({ view }: { view: DeviceView }) {
  return (
    <ol className="device-checks">
      {checksOf(view).map(({ name, ok, words }) => (
        <li key={name}>
          <Tag tone={ok === null ? 'plain' : ok ? 'calm' : 'red'}>
            {name} {ok === null ? '待核对' : ok ? '正常' : '异常'}
          </Tag>
          <span className="tiny muted">{words}</span>
        </li>
      ))}
    </ol>
  )
}
