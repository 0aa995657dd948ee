/**
 * The quicksort of Bentley and McIlroy ("Engineering a Sort Function"), which leaves alone what no
 * place in a range depends on. Of equal elements it says which come first, and redis-server uses it.
 *
 * @param from the first place that has to be right. @param to the last one.
 */
export function partialSort<T>(
  items: T[],
  compare: (a: T, b: T) => number,
  from: number,
  to: number,
): void {
  const swap = (i: number, j: number): void => {
    [items[i], items[j]] = [items[j]!, items[i]!];
  };
  const order = (i: number, j: number): number => compare(items[i]!, items[j]!);
  const median = (i: number, j: number, k: number): number =>
    order(i, j) < 0
      ? order(j, k) < 0
        ? j
        : order(i, k) < 0
          ? k
          : i
      : order(j, k) > 0
        ? j
        : order(i, k) < 0
          ? i
          : k;
  const swapBlocks = (i: number, j: number, count: number): void => {
    for (let n = 0; n < count; n++) swap(i + n, j + n);
  };

  const sort = (start: number, count: number): void => {
    const end = start + count;
    if (count < 7) {
      for (let i = start + 1; i < end; i++) {
        for (let j = i; j > start && order(j - 1, j) > 0; j--) swap(j, j - 1);
      }
      return;
    }
    let middle = start + Math.floor(count / 2);
    if (count > 7) {
      let low = start;
      let high = end - 1;
      if (count > 40) {
        const d = Math.floor(count / 8);
        low = median(low, low + d, low + 2 * d);
        middle = median(middle - d, middle, middle + d);
        high = median(high - 2 * d, high - d, high);
      }
      middle = median(low, middle, high);
    }
    swap(start, middle);
    // Equal ones gather at both ends, smaller and greater ones between them.
    let equalLeft = start + 1;
    let left = equalLeft;
    let equalRight = end - 1;
    let right = equalRight;
    for (;;) {
      for (let c; left <= right && (c = order(left, start)) <= 0; left++) {
        if (c === 0) swap(equalLeft++, left);
      }
      for (let c; left <= right && (c = order(right, start)) >= 0; right--) {
        if (c === 0) swap(right, equalRight--);
      }
      if (left > right) break;
      swap(left++, right--);
    }
    const smaller = left - equalLeft;
    const greater = equalRight - right;
    const head = Math.min(equalLeft - start, smaller);
    swapBlocks(start, left - head, head);
    const tail = Math.min(greater, end - equalRight - 1);
    swapBlocks(left, end - tail, tail);
    const needed = (first: number, length: number): boolean =>
      length > 1 && to >= first && from < first + length;
    if (needed(start, smaller)) sort(start, smaller);
    if (needed(end - greater, greater)) sort(end - greater, greater);
  };
  sort(0, items.length);
}
