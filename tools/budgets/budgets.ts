/** In lines. What is long is worth a look; what is beyond `most` is refused. */
export const budgets = {
  file: { long: 250, most: 400 },
  corpus: { long: 600, most: 600 },
  function: { long: 40, most: 80 },
  component: { long: 80, most: 120 },
} as const
