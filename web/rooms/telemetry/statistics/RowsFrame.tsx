import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Page } from '../../../kit/ui/index.ts'
import { useAsked } from './parts.tsx'

interface RowsFrameProps {
  title: string
  lead?: ReactNode
  children: ReactNode
}

/** The frame of a list behind a figure: back to the figures, and to the project where it is of one. */
export function RowsFrame({ title, lead, children }: RowsFrameProps) {
  const projectId = useAsked()('projectId')
  return (
    <Page title={title} crumbs={[{ label: '环境统计', to: '/environment' }, { label: title }]} lead={lead}>
      {projectId && (
        <p className="statistics-back">
          <Link to={`/project/${projectId}`}>回到项目</Link>
        </p>
      )}
      {children}
    </Page>
  )
}

/** What a list says when its address lacks what it is about. */
export const lost = '地址里缺少要查看的对象，请从环境统计进入。'
