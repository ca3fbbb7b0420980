// The handlers of one test already use more threads than a small machine has cores, and some of them spin.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
