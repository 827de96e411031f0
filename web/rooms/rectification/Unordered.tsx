import { rectificationContract } from '@plumbline/core/rectification'
import { Link } from 'react-router'
import { useRoute } from '../../kit/api.ts'

/** Findings of an inspection that no paper orders yet: said wherever they could be forgotten. */
export function Unordered({ inspectionId }: { inspectionId: string }) {
  const { data } = useRoute(rectificationContract.unordered, { params: { id: inspectionId } })
  if (!data || data.rows.length === 0) return null
  return (
    <p className="unordered">
      该次检查还有 {data.rows.length} 项隐患没有下达文书，
      <Link to={`/rectification/new?inspection=${inspectionId}`}>去拟制</Link>。
    </p>
  )
}
