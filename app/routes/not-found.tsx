export const loader = () => {
  throw new Response(null, { status: 404, statusText: 'Not Found' })
}

export const action = loader

const NotFound = () => null

export default NotFound
