extension Bitmap {
    /// The same picture turned clockwise by so many quarters.
    public func turned(quarters: Int) -> Bitmap {
        switch ((quarters % 4) + 4) % 4 {
        case 1: moved(height, width) { x, y in (y, height - 1 - x) }
        case 2: moved(width, height) { x, y in (width - 1 - x, height - 1 - y) }
        case 3: moved(height, width) { x, y in (width - 1 - y, x) }
        default: self
        }
    }

    /// The same picture mirrored left to right.
    public func mirrored() -> Bitmap { moved(width, height) { x, y in (width - 1 - x, y) } }

    /// A picture in which each pixel is the one at another place of this.
    private func moved(_ width: Int, _ height: Int, _ place: (Int, Int) -> (Int, Int)) -> Bitmap {
        var result = [UInt8]()
        result.reserveCapacity(bytes.count)
        for y in 0..<height {
            for x in 0..<width {
                let (fromX, fromY) = place(x, y)
                let first = (fromY * self.width + fromX) * Self.channels
                result.append(contentsOf: bytes[first..<first + Self.channels])
            }
        }
        return Bitmap(width: width, height: height, bytes: result)
    }

    /// The same picture in another size; each new pixel is the mean of what it covers, or lies between its neighbours.
    public func scaled(width: Int, height: Int) -> Bitmap {
        if (width, height) == (self.width, self.height) { return self }
        let (across, down) = (Self.shares(self.width, max(1, width)), Self.shares(self.height, max(1, height)))
        var result = [UInt8](repeating: 0, count: across.count * down.count * Self.channels)
        for (y, rows) in down.enumerated() {
            for (x, columns) in across.enumerated() {
                var sums = SIMD4<Double>()
                for (row, down) in rows {
                    for (column, across) in columns {
                        let first = (row * self.width + column) * Self.channels
                        let pixel = SIMD4<Double>(
                            Double(bytes[first]),
                            Double(bytes[first + 1]),
                            Double(bytes[first + 2]),
                            Double(bytes[first + 3])
                        )
                        sums += pixel * (down * across)
                    }
                }
                let place = (y * across.count + x) * Self.channels
                for channel in 0..<Self.channels {
                    result[place + channel] = UInt8(min(255, max(0, sums[channel].rounded())))
                }
            }
        }
        return Bitmap(width: across.count, height: down.count, bytes: result)
    }

    /// For each new place on a line: which old ones it is made of, and of each how much; together 1.
    private static func shares(_ old: Int, _ new: Int) -> [[(Int, Double)]] {
        let step = Double(old) / Double(new)
        return (0..<new).map { place in
            let middle = (Double(place) + 0.5) * step
            let reach = max(step, 1)
            let (low, high) = (Int((middle - reach).rounded(.down)), Int((middle + reach).rounded(.up)))
            var parts = (low...high).map { number in
                (min(max(number, 0), old - 1), max(0, 1 - abs(Double(number) + 0.5 - middle) / reach))
            }
            let sum = parts.reduce(0) { $0 + $1.1 }
            for number in parts.indices { parts[number].1 /= max(sum, 1e-9) }
            return parts.filter { $0.1 > 0 }
        }
    }
}
