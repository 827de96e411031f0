import { sayInstant } from '@plumbline/core/kit'
import { useState } from 'react'
import { sentenceFor } from '../../kit/rules.zh.ts'
import { Failure } from '../../kit/ui/index.ts'
import type { Draft } from './useDraft.ts'

/** How the draft stands with the server, said plainly: saved, on its way, not reached, or overtaken by somebody else. */
export function DraftBar({ draft }: { draft: Draft }) {
  const { status, record, trouble } = draft
  if (status === 'stale') return <Overtaken draft={draft} />
  if (status === 'refused' && trouble)
    return (
      <p className="draft-bar bad" role="alert">
        没有存上：{sentenceFor(trouble)}内容仍在本页，修改后会自动再存。
      </p>
    )
  if (status === 'unreachable')
    return (
      <p className="draft-bar warn" role="status">
        网络不通，没有存上；内容仍在本页，正在自动重试，请勿关闭。
      </p>
    )
  return (
    <p className="draft-bar num" role="status">
      {status === 'typing'
        ? '有内容未存'
        : status === 'saving'
          ? '正在保存'
          : `已保存 ${sayInstant(new Date(record.savedAt))}`}
    </p>
  )
}

function Overtaken({ draft }: { draft: Draft }) {
  const [failure, setFailure] = useState<unknown>()
  const choose = (work: () => Promise<void>) => void work().catch(setFailure)
  return (
    <div className="draft-bar bad" role="alert">
      <p>{draft.trouble && sentenceFor(draft.trouble)}</p>
      <div className="item-tools">
        <button type="button" onClick={() => choose(draft.keepMine)}>
          在对方内容上保存我的修改
        </button>
        <button type="button" onClick={() => choose(draft.takeTheirs)}>
          放弃我的修改，看对方的
        </button>
      </div>
      {failure !== undefined && <Failure error={failure} />}
    </div>
  )
}
