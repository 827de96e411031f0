import {
  authorities,
  ProjectFilter,
  ProjectSort,
  projectWorkflow,
  sectors,
  tags,
  type Town,
} from '@plumbline/core/project'
import { useSearchParams } from 'react-router'
import { changed } from '../../kit/filter.ts'
import { type Order, tierWords } from '../../kit/ui/index.ts'
import { dutyWords } from './words.ts'

/** The filter an address carries; a part that makes no sense is left out, not obeyed. */
export function readFilter(params: URLSearchParams): ProjectFilter {
  const parts = Object.entries(ProjectFilter.shape).flatMap(([name, shape]) => {
    const text = params.get(name)
    const read = text ? shape.safeParse(text) : undefined
    return read?.success ? [[name, read.data]] : []
  })
  return Object.fromEntries(parts) as ProjectFilter
}

/** The list under a filter: where every number of the statistics leads. */
export function filterLink(filter: ProjectFilter, path = '/projects'): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) if (value) params.set(name, value)
  return params.size ? `${path}?${params}` : path
}

/** The filter in words, for the head of a list and the foot of an export. */
export function sayFilter(filter: ProjectFilter, towns: readonly Pick<Town, 'code' | 'name'>[]): string {
  const words = [
    filter.q && `含“${filter.q}”`,
    filter.town && (towns.find(({ code }) => code === filter.town)?.name ?? `区划 ${filter.town}`),
    filter.sector && sectors[filter.sector].label,
    filter.authority && authorities[filter.authority],
    filter.state && projectWorkflow.states[filter.state].label,
    filter.tier && tierWords[filter.tier],
    filter.tag && tags[filter.tag],
    filter.duty && `应设${dutyWords[filter.duty]}`,
    filter.org && '指定的参建单位',
    filter.officer && '指定的监督人员',
  ]
  return words.filter(Boolean).join('，') || '全部项目'
}

/** Filter and order live in the address, so that a list can be opened by a link and found again by going back. */
export function useFilter() {
  const [params, setParams] = useSearchParams()
  const filter = readFilter(params)
  const sort = ProjectSort.safeParse(params.get('sort')).data ?? 'name'
  const down = params.get('order') === 'desc'
  const put = (change: Record<string, string | undefined>) =>
    setParams((before) => changed(before, change), { replace: true })
  return {
    filter,
    sort,
    order: { by: sort, down } satisfies Order,
    setFilter: (change: Partial<Record<keyof ProjectFilter, string | undefined>>) => put(change),
    setOrder: (order: Order | undefined) => put({ sort: order?.by, order: order?.down ? 'desc' : undefined }),
    clear: () => setParams({}, { replace: true }),
  }
}
