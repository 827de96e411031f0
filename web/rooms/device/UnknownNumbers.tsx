import { deviceContract, fieldsOf, type UnknownMn } from '@plumbline/core/device'
import { Link } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { Section, When } from '../../kit/ui/index.ts'
import { bytesOfBase64 } from './bytes.ts'

/** What the last frame under this number carried, in names. */
const carried = ({ raw }: UnknownMn) =>
  fieldsOf(bytesOfBase64(raw), 'answered')
    .filter(({ name }) => /-(Rtd|Avg|Data|RS)$/.test(name))
    .map(({ meaning }) => meaning.split('，')[0])
    .join('、')

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
            <th>设备编号 MN</th>
            <th>最近报文</th>
            <th>次数</th>
            <th>内容</th>
            <th>来自</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.mn}>
              <td className="num">{row.mn}</td>
              <td>
                <When at={row.lastSeen} />
              </td>
              <td className="num">{row.count}</td>
              <td>{carried(row) || <span className="muted">没有可识别的数据</span>}</td>
              <td className="num muted">{row.address}</td>
              <td>
                <Link to={`/devices/new?mn=${encodeURIComponent(row.mn)}`}>登记为设备</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
