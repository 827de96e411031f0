import { baseContract } from '@plumbline/core/base'
import { type EntryLine, evidenceContract } from '@plumbline/core/evidence'
import type { ActLine } from '@plumbline/core/workflow'
import { useState } from 'react'
import { urlOf, useRoute } from '../../kit/api.ts'
import { download, fileUrl } from '../../kit/files.ts'
import { Empty, Failure, Loading, Tag, When } from '../../kit/ui/index.ts'
import './evidence.css'

/** What comes is entered within a second and cosigned soon after: asked again until it is. */
const settlingMs = 5_000
/** A long history shows its newest first. */
const shownAtFirst = 5

/** 存证: the entries of a case in the log, each with its proof. `acts` is the history that the page shows. */
export function EntriesPanel({ id, acts = [] }: { id: string; acts?: readonly ActLine[] }) {
  const [all, setAll] = useState(false)
  const found = useRoute(
    evidenceContract.ofCase,
    { params: { id } },
    {
      refetchInterval: ({ state: { data } }) =>
        data && (data.pending > 0 || data.rows.some(({ witnessed }) => !witnessed)) ? settlingMs : false,
    },
  )
  if (found.error && !found.data) return <Failure error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Loading />
  const { rows, pending } = found.data
  const labels = new Map(acts.map((act) => [act.id, act.label]))
  const newest = rows.toReversed()
  return (
    <>
      {pending > 0 && <p className="evidence-note">另有 {pending} 项行为正在存证。</p>}
      {rows.length === 0 ? (
        pending === 0 && <Empty>还没有存证。办理的行为和附上的文件会自动存证。</Empty>
      ) : (
        <ol className="evidence-entries" reversed>
          {(all ? newest : newest.slice(0, shownAtFirst)).map((row) => (
            <Entry key={row.seq} row={row} label={row.actId === null ? undefined : labels.get(row.actId)} />
          ))}
        </ol>
      )}
      {!all && rows.length > shownAtFirst && (
        <p className="evidence-note">
          <button type="button" className="quiet" onClick={() => setAll(true)}>
            全部 {rows.length} 条
          </button>
        </p>
      )}
    </>
  )
}

function Entry({ row: { seq, fileId, at, witnessed }, label }: { row: EntryLine; label: string | undefined }) {
  return (
    <li>
      <span className="num muted">{seq}</span>
      <div>
        <span className="evidence-name">{fileId ? <FileName id={fileId} /> : (label ?? '行为')}</span>
        <div className="tiny muted">
          存证于 <When at={at} />
        </div>
        <div className="evidence-links">
          {fileId && (
            <a href={fileUrl(fileId)} target="_blank" rel="noreferrer" aria-label={`第 ${seq} 条的原件`}>
              原件
            </a>
          )}
          <SaveProof seq={seq} />
        </div>
      </div>
      <Tag tone={witnessed ? 'calm' : 'plain'}>{witnessed ? '已见证' : '待见证'}</Tag>
    </li>
  )
}

/** A file by the name under which it came; one whose facts are out of reach is a file still. */
function FileName({ id }: { id: string }) {
  const facts = useRoute(baseContract.fileFacts, { params: { id } }, { staleTime: Infinity })
  return facts.data?.name ?? '文件'
}

/** Fetches a proof and saves it; a refusal is told in its place. */
function SaveProof({ seq }: { seq: number }) {
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<unknown>()
  const save = async () => {
    setSaving(true)
    setError(undefined)
    try {
      await download(urlOf(evidenceContract.proof, { params: { seq } }), `存证-${seq}.proof`)
    } catch (refusal) {
      setError(refusal)
    } finally {
      setSaving(false)
    }
  }
  return (
    <>
      <button
        type="button"
        className="quiet"
        disabled={saving}
        onClick={() => void save()}
        aria-label={`下载证明，第 ${seq} 条`}
      >
        下载证明
      </button>
      {error !== undefined && <Failure error={error} />}
    </>
  )
}
