import { findQuantity, getModel, isActuator, isExplained, offlineCauses } from '@plumbline/core/device'
import { Link } from 'react-router'
import { type Fact, When } from '../../kit/ui/index.ts'
import type { DeviceView } from './view.ts'
import { crcModes, endings, unitProfiles } from './words.tsx'

/** What is known of a device, as far as its kind and protocol have it. `now`: the legal clock. */
export function factsOf(view: DeviceView, now: Date): Fact[] {
  const { record, line } = view
  const { protocol, title } = getModel(record.modelCode)
  return [
    { label: '项目', value: <Link to={`/project/${record.projectId}`}>{record.projectName}</Link> },
    { label: '型号', value: title },
    { label: '登记时间', value: <When at={record.enteredAt} /> },
    { label: '接入时间', value: record.liveAt && <When at={record.liveAt} /> },
    ...(record.state === 'pending' ? [{ label: '接入责任人', value: record.keeper?.name }] : []),
    ...linksOf(view),
    ...(protocol === 'hj212'
      ? [{ label: '校验与结束符', value: `${crcModes[record.crcMode]}，${endings[record.ending]}` }]
      : []),
    { label: '来自', value: line.address && <span className="num">{line.address}</span> },
    { label: '最近通信', value: <When at={line.heardAt} /> },
    {
      label: '报文',
      value: (
        <span className="num">
          有效 {line.good}，有误 {line.bad}，密码不符等 {line.refused}，重复 {line.duplicates}，时间异常{' '}
          {line.quarantined}
        </span>
      ),
      wide: true,
    },
    ...(record.note ? [{ label: '最近记录', value: `${record.note.text}（${record.note.by}）`, wide: true }] : []),
    ...(isExplained(record, line, now.toISOString()) ? [explanationOf(view)] : []),
    ...settingsOf(view),
  ]
}

function explanationOf({ record }: DeviceView): Fact {
  const { cause, until, note, by } = record.explanation!
  return {
    label: '离线原因',
    value: `${offlineCauses[cause]}${note ? `：${note}` : ''}，至 ${until}（${by}）`,
    wide: true,
  }
}

/** What opens what: of a monitor the sprayer, of a sprayer its monitors. */
function linksOf({ record, beside }: DeviceView): Fact[] {
  if (record.kind === 'dust') {
    const linked = beside.find(({ id }) => id === record.linkedTo)
    return [
      {
        label: '联动喷淋',
        value: linked ? (
          <>
            <Link to={`/device/${linked.id}`}>{linked.name}</Link> {record.linkedUnit} 号
          </>
        ) : (
          '未设置'
        ),
      },
      { label: '颗粒物单位', value: unitProfiles[record.unitProfile] },
    ]
  }
  if (!isActuator(record.kind)) return []
  const openers = beside.filter(({ kind }) => kind === 'dust')
  return [
    {
      label: '联动它的监测点',
      value: openers.length
        ? openers.map(({ id, name }) => (
            <div key={id}>
              <Link to={`/device/${id}`}>{name}</Link>
            </div>
          ))
        : '未设置',
    },
  ]
}

const plate = {
  load: ['额定载重', 't'],
  moment: ['额定力矩', 'kN·m'],
  persons: ['额定人数', '人'],
  jib: ['臂长', 'm'],
  height: ['安装高度', 'm'],
} as const

function settingsOf({ record: { settings } }: DeviceView): Fact[] {
  const { limits, rated, modbus } = settings
  const told = Object.entries(plate).flatMap(([name, [label, unit]]) => {
    const value = rated[name as keyof typeof plate]
    return value === undefined ? [] : [`${label} ${value} ${unit}`]
  })
  return [
    ...(modbus
      ? [
          {
            label: '设备地址',
            value: <span className="num">{`${modbus.host}:${modbus.port}，单元 ${modbus.unit}`}</span>,
          },
        ]
      : []),
    ...(told.length > 0 ? [{ label: '铭牌参数', value: told.join('，'), wide: true }] : []),
    ...(limits.length > 0 ? [{ label: '设计限值', value: <LimitRows limits={limits} />, wide: true }] : []),
  ]
}

function LimitRows({ limits }: { limits: DeviceView['record']['settings']['limits'] }) {
  return (
    <table className="plain num">
      <thead>
        <tr>
          {['监测量', '预警', '报警', '日变化', '依据'].map((head) => (
            <th key={head}>{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {limits.map(({ quantity, warn, alarm, ratePerDay, source }) => (
          <tr key={`${quantity} ${source}`}>
            <th scope="row">
              {findQuantity(quantity)?.name ?? quantity} {findQuantity(quantity)?.unit}
            </th>
            <td>{warn ?? '—'}</td>
            <td>{alarm ?? '—'}</td>
            <td>{ratePerDay ?? '—'}</td>
            <td>{source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
