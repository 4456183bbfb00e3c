const example = (value: number, unit: string): object => ({
  value,
  unit,
  source: 'made up for the simulated county',
  date: '2026-01-01',
  isExample: true,
});

/** The invented prices of the invented county, each marked as an example. */
export function valuesFile(): string {
  const values = {
    currency: 'USD',
    priceYear: 2026,
    discountRate: example(0.03, '1/year'),
    valueOfTimePerHour: example(18, 'USD/h'),
    occupancy: example(1.5, 'persons/vehicle'),
    waterProductionPerM3: example(0.45, 'USD/m³'),
    waterRetailPerM3: example(1.8, 'USD/m³'),
    energyPerKwh: example(0.08, 'USD/kWh'),
    wagePerHour: example(42, 'USD/h'),
  };
  return `${JSON.stringify(values, undefined, 2)}\n`;
}
