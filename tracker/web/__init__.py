"""What every page rests on: who may enter, forms, components, errors, assets and headers."""
