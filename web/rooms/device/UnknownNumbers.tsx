import { deviceContract, kindNames, shownFields, type UnknownMn } from '@plumbline/core/device'
import { Link } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { Section, When } from '../../kit/ui/index.ts'
import { bytesOfBase64 } from './bytes.ts'

/** What the last frame under this number carried, in names; and the kind of device, where the frame itself says it. */
function carried({ raw }: UnknownMn): { words: string; kind: string | undefined } {
  const fields = shownFields(bytesOfBase64(raw), { way: 'in', verdict: 'answered', fault: null })
  const kind = fields.find(({ name }) => name === 'kind')?.text
  const told = fields.filter(({ name }) => /-(Rtd|Avg|Data|RS)$/.test(name) || name === 'CONNECT')
  const words = told.map(({ meaning }) => meaning.split('，')[0])
  return { words: kind ? (kindNames[kind as keyof typeof kindNames] ?? '') : words.join('、'), kind }
}

const formFor = (mn: string, kind: string | undefined) =>
  `/devices/new?${new URLSearchParams({ mn, ...(kind ? { kind } : {}) })}`

/** 待认领编号: whole frames under numbers that nobody has entered. Nothing is drawn when there are none. */
export function UnknownNumbers() {
  const found = useRoute(deviceContract.unknown, {}, { refetchInterval: 5_000 })
  const rows = found.data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <Section title="待认领的设备编号" note={`${rows.length} 个 · 保留 24 小时`}>
      <table className="plain">
        <thead>
          <tr>
            <th>设备编号</th>
            <th>最近报文</th>
            <th>次数</th>
            <th>内容</th>
            <th>来自</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {rows
            .map((row) => ({ ...row, said: carried(row) }))
            .map(({ said, ...row }) => (
              <tr key={row.mn}>
                <td className="num">{row.mn}</td>
                <td>
                  <When at={row.lastSeen} />
                </td>
                <td className="num">{row.count}</td>
                <td>{said.words || <span className="muted">没有可识别的数据</span>}</td>
                <td className="num muted">{row.address}</td>
                <td>
                  <Link to={formFor(row.mn, said.kind)}>登记为设备</Link>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </Section>
  )
}
