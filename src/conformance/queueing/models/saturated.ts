import { resource } from '../../../base/amounts.ts';
