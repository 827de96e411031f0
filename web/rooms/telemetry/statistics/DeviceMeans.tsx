import { baseOf, deviceContract, getModel } from '@plumbline/core/device'
import { addDays } from '@plumbline/core/kit'
import { findQuantity, rolled } from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { useToday } from '../../../kit/session.tsx'
import { Empty, Loaded } from '../../../kit/ui/index.ts'
import { rowsAt } from './parts.tsx'

const kept = new Set(rolled.map(({ code }) => code))

/** 历史均值 of a device: the days of a month and the hours of a week, for each quantity of which means are kept. */
export function DeviceMeans({ id }: { id: string }) {
  const found = useRoute(deviceContract.get, { params: { id } })
  const until = addDays(useToday(), 1)
  return (
    <Loaded found={found}>
      {({ record }) => {
        const codes = getModel(record.modelCode).quantities.map(({ code }) => baseOf(code))
        const shown = codes.filter((code) => kept.has(code))
        if (shown.length === 0) return <Empty>这类设备不保存小时和日均值。</Empty>
        return (
          <table className="plain">
            <tbody>
              {shown.map((quantity) => (
                <tr key={quantity}>
                  <th scope="row">{findQuantity(quantity)!.name}</th>
                  <td>
                    <Link to={rowsAt('days', { deviceId: id, quantity, from: addDays(until, -31), until })}>逐日</Link>
                  </td>
                  <td>
                    <Link to={rowsAt('hours', { deviceId: id, quantity, from: addDays(until, -7), until })}>逐时</Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }}
    </Loaded>
  )
}
