import { rectificationContract } from '@plumbline/core/rectification'
import { Link } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { Count, Failure, type Figure, FigureStrip, Tag } from '../../kit/ui/index.ts'

const grouped = new Intl.NumberFormat('zh-CN', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** 守恒 and the two rates, for the county as the reader reaches it or for one project; every number opens its rows. */
export function Standing({ projectId }: { projectId?: string }) {
  const counts = useRoute(rectificationContract.conservation, { query: { projectId } })
  const rates = useRoute(rectificationContract.rates, { query: { projectId } })
  const error = counts.error ?? rates.error
  if (error) return <Failure error={error} again={() => void Promise.all([counts.refetch(), rates.refetch()])} />
  if (!counts.data || !rates.data) return null
  const { total } = counts.data
  const at = (query: string) => `/rectification?${projectId ? `projectId=${projectId}&` : ''}${query}`
  const figures: Figure[] = [
    {
      label: '已下达',
      value: <Count value={total.issued} />,
      note: total.holds ? '等于后三项之和' : <Tag tone="red">与后三项之和不符</Tag>,
      to: at('issued=true'),
    },
    { label: '未闭合', value: <Count value={total.open} />, to: at('issued=true&open=true') },
    { label: '已闭合', value: <Count value={total.closed} />, to: at('state=closed') },
    { label: '已撤回', value: <Count value={total.withdrawn} />, to: at('issued=true&state=withdrawn') },
    ...rates.data.rows.map(({ title, value, numerator, denominator, formula }) => ({
      label: title,
      value: value === null ? '—' : grouped.format(value),
      note: <span title={formula}>{`${numerator} ÷ ${denominator}，${formula}`}</span>,
    })),
  ]
  return <FigureStrip figures={figures} />
}

/** 已下达 3 = 未闭合 1 + 已闭合 2 + 已撤回 0, in a line. */
export function StandingLine({ projectId }: { projectId: string }) {
  const { data } = useRoute(rectificationContract.conservation, { query: { projectId } })
  if (!data) return null
  const { issued, open, closed, withdrawn } = data.total
  const at = (query: string) => `/rectification?projectId=${projectId}&${query}`
  return (
    <p className="standing-formula muted num">
      <Link to={at('issued=true')}>已下达 {issued}</Link> = <Link to={at('issued=true&open=true')}>未闭合 {open}</Link>{' '}
      + <Link to={at('state=closed')}>已闭合 {closed}</Link> +{' '}
      <Link to={at('issued=true&state=withdrawn')}>已撤回 {withdrawn}</Link>
    </p>
  )
}
