import { useEffect, useState } from 'react';

/** False, and true once the time has passed: what is quick shows no skeleton. */
export function useLater(millis: number): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), millis);
    return () => clearTimeout(timer);
  }, [millis]);
  return later;
}
