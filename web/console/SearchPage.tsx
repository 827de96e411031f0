import { baseContract } from '@plumbline/core/base'
import { useSearchParams } from 'react-router'
import { useRoute } from '../kit/api.ts'
import { CaseList } from '../kit/ui/CaseList.tsx'
import { Empty } from '../kit/ui/Empty.tsx'
import { Failure } from '../kit/ui/Failure.tsx'
import { Loading } from '../kit/ui/Loading.tsx'
import { Page } from '../kit/ui/Page.tsx'
import { Section } from '../kit/ui/Section.tsx'

/** What the search box found, of every room, within the reader's reach. */
export function SearchPage() {
  const [query] = useSearchParams()
  const q = query.get('q')?.trim() ?? ''
  const found = useRoute(baseContract.search, { query: { q, limit: 50 } }, { enabled: q !== '' })
  const rows = found.data?.rows ?? []
  return (
    <Page title={q ? `搜索“${q}”` : '搜索'}>
      <Section title="结果" note={found.data ? `${rows.length} 条` : undefined}>
        {found.error && <Failure error={found.error} again={() => void found.refetch()} />}
        {found.isLoading && <Loading />}
        {q === '' && <Empty>可按名称、编码、单位、地点、联系人、文号或拼音首字母查找。</Empty>}
        {found.data && rows.length === 0 && <Empty>没有找到，或者不在您的管辖范围内。</Empty>}
        <CaseList rows={rows} />
      </Section>
    </Page>
  )
}
