/// What is due when: one table of deadlines, the first of which is known at once; pure.
///
/// Setting, moving and taking one off costs the logarithm of their number.
package struct Agenda<Key: Hashable & Sendable, Instant: InstantProtocol> {
    private struct Entry {
        let due: Instant
        let key: Key
        /// Which of the times this key was set; an older one no longer counts.
        let number: UInt64
    }

    private var dues: [Key: (due: Instant, number: UInt64)] = [:]
    /// A heap, the earliest first; entries that no longer count are left in it until they come to its top.
    private var heap: [Entry] = []
    private var last: UInt64 = 0
    /// Nothing is taken off again before.
    private var rest: Instant?

    /// Makes an agenda with nothing on it.
    package init() {}

    /// How many deadlines there are.
    package var count: Int { dues.count }

    /// When something is due, nil where it is not; setting it replaces what was set before.
    package subscript(key: Key) -> Instant? {
        get { dues[key]?.due }
        set {
            guard let newValue else {
                dues[key] = nil
                return
            }
            if dues[key]?.due == newValue { return }
            last += 1
            dues[key] = (newValue, last)
            push(Entry(due: newValue, key: key, number: last))
        }
    }

    /// Sets a deadline unless an earlier one is set.
    package mutating func bring(_ key: Key, to due: Instant) {
        if self[key].map({ due < $0 }) ?? true { self[key] = due }
    }

    /// When the first thing is due.
    package var earliest: Instant? {
        mutating get {
            while let top = heap.first, dues[top.key]?.number != top.number { _ = pop() }
            return heap.first?.due
        }
    }

    /// When to take off what is due next; nil where nothing will be.
    ///
    /// A rest that was counted anew from each question would never end while one follows the other.
    package var nextLook: Instant? {
        mutating get {
            let rest = rest
            return earliest.map { due in rest.map { max(due, $0) } ?? due }
        }
    }

    /// Takes off what is due, the earliest first.
    ///
    /// - Parameters:
    ///   - now: The moment.
    ///   - most: How many at most.
    ///   - pause: How long to rest from then on.
    /// - Returns: The keys; their deadlines are gone.
    package mutating func take(
        at now: Instant,
        atMost most: Int = .max,
        restingFor pause: Instant.Duration = .zero
    ) -> [Key] {
        rest = now.advanced(by: pause)
        var keys: [Key] = []
        while keys.count < most, let due = earliest, due <= now, let entry = pop() {
            dues[entry.key] = nil
            keys.append(entry.key)
        }
        return keys
    }

    private mutating func push(_ entry: Entry) {
        // Those that were moved again and again are not kept for ever.
        if heap.count > 64, heap.count > 4 * dues.count {
            heap = heap.filter { [dues] in dues[$0.key]?.number == $0.number }.sorted { $0.due < $1.due }
            if entry.number == dues[entry.key]?.number, heap.contains(where: { $0.number == entry.number }) { return }
        }
        heap.append(entry)
        var child = heap.count - 1
        while child > 0, heap[child].due < heap[(child - 1) / 2].due {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func pop() -> Entry? {
        guard !heap.isEmpty else { return nil }
        heap.swapAt(0, heap.count - 1)
        let top = heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].due < heap[least].due
            {
                least = child
            }
            if least == parent { return top }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
