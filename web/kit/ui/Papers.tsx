import { fileUrl } from '../files.ts'
import { Empty } from './Empty.tsx'

export interface Paper {
  fileId: string
  title: string
  /** 已签章, 施工、监理签名 … */
  note?: string | null
}

/** 文书: the papers of a case, to open or print. */
export function Papers({ papers }: { papers: readonly Paper[] }) {
  if (papers.length === 0) return <Empty>还没有文书</Empty>
  return (
    <ul className="papers">
      {papers.map((paper) => (
        <li key={paper.fileId}>
          <a href={fileUrl(paper.fileId)} target="_blank" rel="noreferrer">
            {paper.title}
          </a>
          {paper.note && <span className="muted">{paper.note}</span>}
        </li>
      ))}
    </ul>
  )
}
