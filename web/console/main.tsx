import '../kit/no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { Look } from '../kit/Look.tsx'
import { Queries } from '../kit/query.tsx'
import { routes } from './routes.tsx'

const place = document.getElementById('root')
if (!place) throw new Error('console.html has no #root')

createRoot(place).render(
  <StrictMode>
    <Queries>
      <Look>
        <RouterProvider router={createBrowserRouter(routes)} />
      </Look>
    </Queries>
  </StrictMode>,
)
