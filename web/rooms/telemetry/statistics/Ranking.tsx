import { type RankingRow, statisticsContract } from '@plumbline/core/telemetry'
import { Segmented, Select } from 'antd'
import { Link } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { sayClause } from '../../../kit/clause.ts'
import { oneOf, useFilter } from '../../../kit/filter.ts'
import { type Column, DataTable, Loaded, MonthPicker, wholeList } from '../../../kit/ui/index.ts'
import { Figure, quantityOptions, rowsAt, sayChange, sayDays, sayNumber, sayShare } from './parts.tsx'

type By = 'project' | 'town'

function columnsOf(by: By, opens: (row: RankingRow) => string | null): Column<RankingRow>[] {
  const shown = (row: RankingRow, text: string) => {
    const to = opens(row)
    return to ? <Figure text={text} to={to} label={row.name} /> : <span className="num">{text}</span>
  }
  const place: Column<RankingRow> = {
    key: 'name',
    title: by === 'town' ? '镇街' : '项目',
    width: 220,
    render: (row) => (by === 'town' ? row.name : <Link to={`/project/${row.key}`}>{row.name}</Link>),
  }
  return [
    {
      key: 'rank',
      title: '名次',
      width: 72,
      align: 'right',
      render: ({ rank }) => rank ?? <span className="muted">—</span>,
    },
    place,
    ...(by === 'project' ? [{ key: 'town', title: '镇街', render: (row: RankingRow) => row.townName }] : []),
    { key: 'mean', title: '月均值', align: 'right', render: (row) => shown(row, sayNumber(row.month.mean)) },
    {
      key: 'days',
      title: '有效天数',
      align: 'right',
      render: ({ month }) => (month.enough ? month.days : <span className="muted">{month.days}（不足）</span>),
    },
    { key: 'good', title: '达标天数', align: 'right', render: (row) => shown(row, `${row.good} / ${row.judged}`) },
    { key: 'share', title: '达标率', align: 'right', render: (row) => sayShare(row.goodShare) },
    { key: 'year', title: '同比', align: 'right', render: (row) => sayChange(row.overYear) },
    { key: 'month', title: '环比', align: 'right', render: (row) => sayChange(row.overMonth) },
  ]
}

/** 颗粒物月均浓度排名 (ENV-16). Who has too few valid days is listed behind, without a rank. */
export function Ranking() {
  const { filter, set } = useFilter(['by', 'quantity', 'month'])
  const { month } = filter
  const by: By = filter.by === 'town' ? 'town' : 'project'
  const quantity = oneOf(filter.quantity, quantityOptions) ?? 'a34004'
  const found = useRoute(statisticsContract.ranking, { query: { month, quantity, by } })
  return (
    <Loaded found={found}>
      {({ rows, from, until, unit, limits, ...told }) => (
        <>
          <DataTable
            pages={wholeList(rows)}
            rowKey={({ key }) => key}
            label="颗粒物月均浓度排名"
            empty="这个月没有可以统计的测点。"
            columns={columnsOf(by, (row) =>
              by === 'project' ? rowsAt('days', { projectId: row.key, quantity, from, until }) : null,
            )}
            filters={
              <>
                <b className="statistics-title">颗粒物月均浓度排名</b>
                <MonthPicker label="月份" value={told.month} onChange={(value) => set({ month: value })} />
                <Select
                  aria-label="因子"
                  style={{ width: 110 }}
                  value={quantity}
                  options={quantityOptions}
                  onChange={(value) => set({ quantity: value })}
                />
                <Segmented
                  aria-label="排名对象"
                  value={by}
                  options={[
                    { value: 'project', label: '按项目' },
                    { value: 'town', label: '按镇街' },
                  ]}
                  onChange={(value) => set({ by: value })}
                />
              </>
            }
          />
          <p className="telemetry-note tiny muted">
            {sayDays(from, until)}，单位 {unit}，浓度低者在前。
            {limits.map(({ value, clause }) => `日均限值 ${value} ${unit}，${sayClause(clause)}。`).join('')}
            同比、环比取相同天数；任一方有效天数不足即为无可比数据。
          </p>
        </>
      )}
    </Loaded>
  )
}
