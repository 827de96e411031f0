import { projectContract, type ProjectState, type Site } from '@plumbline/core/project'
import { useNavigate } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { MapView } from '../../kit/map/index.ts'
import { Count, Failure, FigureStrip, Loading } from '../../kit/ui/index.ts'
import { filterLink } from './filter.ts'

/** 在建项目 with those stopped, and the projects nobody supervises yet. */
export function HomeFigure() {
  const counts = useRoute(projectContract.counts, { query: {} })
  if (counts.error) return <Failure error={counts.error} again={() => void counts.refetch()} />
  if (!counts.data) return <Loading />
  const of = (state: ProjectState) => counts.data.state.find(({ key }) => key === state)?.count ?? 0
  return (
    <FigureStrip
      figures={[
        {
          label: '在建项目',
          value: <Count value={of('building')} />,
          to: filterLink({ state: 'building' }),
          note: `停工 ${of('stopped')}，已登记未开工 ${of('registered')}`,
        },
      ]}
    />
  )
}

/** Sites that are not over yet. */
const underWay = ({ state }: Site) => state !== 'completed' && state !== 'terminated'

/** 工地分布: the county with the reader's sites by tier. */
export function HomeMap() {
  const navigate = useNavigate()
  const county = useRoute(projectContract.county, {})
  if (county.error) return <Failure error={county.error} again={() => void county.refetch()} />
  if (!county.data) return <Loading />
  return (
    <MapView
      towns={county.data.towns}
      sites={county.data.rows.filter(underWay)}
      height={300}
      onOpen={(id) => void navigate(`/project/${id}`)}
    />
  )
}
